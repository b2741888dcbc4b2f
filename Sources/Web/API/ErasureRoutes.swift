import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// Receipts for what was erased, for those who asked for it.
struct ErasureRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.get("api/receipts", use: list)
        group.get("api/receipts/:receipt", use: show)
    }

    private var erasures: ErasureStore { services.catalogue.erasures }

    @Sendable private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let query = try Query(request, allowing: ["limit", "page"])
        let limit = try query.integer("limit", default: 100, in: 1...1000)
        let cursor = Cursor(keys: services.tokenSigner.keys)
        var before: Erasure?
        if let page = query["page"] {
            let id = ErasureID(stored: try cursor.open(page, kind: "receipts"))
            before = try await erasures.find(id, viewer: context.viewer)
            guard before != nil else { throw Cursor.outdated }
        }
        let rows = try await erasures.list(before: before, limit: limit + 1, viewer: context.viewer)
        let url = "\(context.baseURL)/api/receipts"
        var links = [Link(rel: "self", href: url), Link(rel: "root", href: "\(context.baseURL)/api")]
        if rows.count > limit {
            let page = cursor.seal(rows[limit - 1].id.string, kind: "receipts")
            links.append(Link(rel: "next", href: "\(url)?limit=\(limit)&page=\(page)"))
        }
        let documents = rows.prefix(limit).map {
            JSON.object(ErasureDocument(erasure: $0, baseURL: context.baseURL).object)
        }
        return .json(["receipts": .array(documents), "links": .links(links)])
    }

    @Sendable private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("receipt", of: "receipt", as: ErasureID.self)
        guard let erasure = try await erasures.find(id, viewer: context.viewer) else {
            throw Failure.notFound("receipt")
        }
        let proofs = try await erasures.proofs(of: id)
        var response = Response.json(ErasureDocument(erasure: erasure, baseURL: context.baseURL).json(proofs))
        response.headers[.contentDisposition] = "inline; filename=\"wayside-receipt-\(id).json\""
        return response
    }
}

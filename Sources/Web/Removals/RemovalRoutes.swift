import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// What was deleted and can be taken back, for those who asked for it.
struct RemovalRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.get("api/removals", use: list)
        group.get("api/removals/:removal", use: show)
        group.post("api/removals/:removal/restore", use: restore)
        group.delete("api/removals/:removal", use: finish)
    }

    private var removals: RemovalStore { services.catalogue.removals }

    @Sendable private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let query = try Query(request, allowing: ["limit", "page"])
        let limit = try query.integer("limit", default: 100, in: 1...1000)
        let cursor = Cursor(keys: services.tokenSigner.keys)
        var before: Removal?
        if let page = query["page"] {
            let id = RemovalID(stored: try cursor.open(page, kind: "removals"))
            before = try await removals.find(id, viewer: context.viewer)
            guard before != nil else { throw Cursor.outdated }
        }
        let rows = try await removals.list(before: before, limit: limit + 1, viewer: context.viewer)
        let url = "\(context.baseURL)/api/removals"
        var links = [Link(rel: "self", href: url), Link(rel: "root", href: "\(context.baseURL)/api")]
        if rows.count > limit {
            let page = cursor.seal(rows[limit - 1].id.string, kind: "removals")
            links.append(Link(rel: "next", href: "\(url)?limit=\(limit)&page=\(page)"))
        }
        let documents = rows.prefix(limit).map { RemovalDocument(removal: $0, baseURL: context.baseURL).json }
        return .json(["removals": .array(documents), "links": .links(links)])
    }

    @Sendable private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        guard let removal = try await removals.find(try context.removalID(), viewer: context.viewer) else {
            throw Failure.notFound("removal")
        }
        return .json(RemovalDocument(removal: removal, baseURL: context.baseURL).json)
    }

    @Sendable private func restore(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let count = try await Removing(services: services, viewer: context.viewer).restore(try context.removalID())
        return .json(["restored": .int(count)])
    }

    @Sendable private func finish(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let receipt = try await Removing(services: services, viewer: context.viewer).finish(try context.removalID())
        return .erased(receipt, context.baseURL)
    }
}

extension SignedInContext {
    fileprivate func removalID() throws -> RemovalID {
        try identifier("removal", of: "removal", as: RemovalID.self)
    }
}

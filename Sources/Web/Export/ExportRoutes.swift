import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// Pictures to take away: what a search finds, a sequence, an upload set, a camera label, one's own, or everything; of
/// those always only what one sees.
struct ExportRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let reader = router.group(context: ReaderContext.self)
        reader.get("api/export", use: byQuery)
        reader.post("api/export", use: byBody)
        reader.get("api/collections/:collection/export", use: sequence)
        let group = router.group(context: SignedInContext.self)
        group.get("api/users/me/export", use: own)
        group.get("api/camera_labels/:label/export", use: label)
        group.get("api/upload_sets/:set/export", use: uploadSet)
    }

    private var catalogue: Catalogue { services.catalogue }
    /// An export has no pages, an order of its own and all properties.
    private static let notForExports: Set<String> = ["limit", "page", "sortby", "fields"]

    @Sendable private func byQuery(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let allowed = SearchRequest.parameters.subtracting(Self.notForExports).union(ExportOrder.parameters)
        let query = try Query(request, allowing: allowed)
        let isWhole = SearchRequest.parameters.allSatisfy { query[$0] == nil }
        let scope: ExportScope = isWhole ? .everything : .search(try SearchRequest(query).query)
        return try await respond(
            scope, try ExportOrder(query), services.instanceName, request, ExportAsker(context))
    }

    @Sendable private func byBody(_ request: Request, _ context: ReaderContext) async throws -> Response {
        guard case .object(let body) = try await request.decodeJSON(AnyJSON.self).value else {
            throw Failure(.invalid, "The body is not a JSON object.")
        }
        let order = try ExportOrder(
            format: try Self.word("format", body), size: try Self.word("size", body),
            scheme: try Self.word("scheme", body))
        if let name = Self.notForExports.sorted().first(where: { body[$0] != nil }) {
            throw Failure(.invalid, "The field '\(name)' is not known here.")
        }
        let rest = body.members.filter { !ExportOrder.parameters.contains($0.name) }
        let scope: ExportScope =
            rest.isEmpty ? .everything : .search(try SearchRequest(body: .object(JSONObject(members: rest))).query)
        return try await respond(
            scope, order, services.instanceName, request, ExportAsker(context))
    }

    private static func word(_ name: String, _ body: JSONObject) throws -> String? {
        switch body[name] {
        case nil, .null: return nil
        case .string(let text): return text
        default: throw Failure(.invalid, "'\(name)' is a string.")
        }
    }

    @Sendable private func sequence(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let id = try context.identifier("collection", of: "collection", as: SequenceID.self)
        guard let summary = try await catalogue.sequences.find(id, viewer: context.viewer) else {
            throw Failure.notFound("collection")
        }
        return try await respond(
            .sequence(id), try Self.order(request), summary.sequence.title, request, ExportAsker(context))
    }

    @Sendable private func own(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await respond(
            .account(context.account.id), try Self.order(request), context.account.name, request, ExportAsker(context))
    }

    @Sendable private func label(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.labelID()
        guard let label = try await catalogue.labels.find(id, viewer: context.viewer) else {
            throw Failure.notFound("camera label")
        }
        return try await respond(
            .label(id), try Self.order(request), label.name, request, ExportAsker(context))
    }

    @Sendable private func uploadSet(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("set", of: "upload set", as: UploadSetID.self)
        guard let set = try await catalogue.uploadSets.find(id, viewer: context.viewer) else {
            throw Failure.notFound("upload set")
        }
        return try await respond(
            .uploadSet(id), try Self.order(request), set.title, request, ExportAsker(context))
    }

    private static func order(_ request: Request) throws -> ExportOrder {
        try ExportOrder(try Query(request, allowing: ExportOrder.parameters))
    }

    private func respond(
        _ scope: ExportScope, _ order: ExportOrder, _ title: String, _ request: Request, _ asker: ExportAsker
    ) async throws -> Response {
        try await Export(services: services, order: order, title: title, asker: asker).response(of: scope, to: request)
    }
}

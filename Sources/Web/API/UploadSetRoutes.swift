import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Batches: make, look, change, complete, delete.
struct UploadSetRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.post("api/upload_sets", use: create)
        group.get("api/upload_sets/:set", use: show)
        group.patch("api/upload_sets/:set", use: edit)
        group.delete("api/upload_sets/:set", use: remove)
        group.post("api/upload_sets/:set/complete", use: complete)
        group.get("api/users/me/upload_sets", use: listMine)
    }

    private var catalogue: Catalogue { services.catalogue }

    @Sendable private func create(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try UploadRight.require(context.account)
        let body = try await request.decodeJSON(UploadSetRequest.self)
        guard let title = try body.validTitle() else { throw Failure(.invalid, "The field 'title' is missing.") }
        // The whole title is looked through for the label's folder, even where it is stored shortened.
        let label = try await LabelChoice(catalogue: catalogue).label(
            named: body.cameraLabel, title: body.title ?? title, viewer: context.viewer)
        let usual = try await services.defaultVisibility(of: context.account.id)
        let set = UploadSet(
            accountID: context.account.id, labelID: label.id, title: title, estimatedFiles: try body.validEstimate(),
            rules: try body.rules(over: DispatchRules(relativeHeading: label.mounting.relativeHeading)),
            visibility: try body.validVisibility(isPublic: services.configuration.isPublic) ?? usual,
            metadata: try body.validMetadata(), userAgent: request.headers[.userAgent].map { String($0.prefix(200)) },
            lineage: try body.validLineage(), holdsUnplaced: body.holdUnplaced ?? false)
        let tags = try SemanticsRequest.tags(body.semantics)
        guard Set(tags).count == tags.count else { throw Failure(.invalid, "A tag is there twice.") }
        try await catalogue.uploadSets.create(set)
        if !tags.isEmpty {
            try await catalogue.semantics.edit(
                .uploadSet(set.id), tags.map { SemanticChange(.add, $0) }, by: context.viewer)
        }
        var response = Response.json(try await document(set, context), status: .ok)
        response.headers[.location] = "\(context.baseURL)/api/upload_sets/\(set.id)"
        return response
    }

    @Sendable private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let set = try await set(context)
        let neighbours = try await catalogue.uploadSets.neighbours(of: set.id, viewer: context.viewer)
        return .json(try await document(set, context, neighbours))
    }

    @Sendable private func edit(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try await editable(context).id
        let body = try await request.decodeJSON(UploadSetRequest.self)
        let edit = UploadSetEdit(
            title: try body.validTitle(), estimatedFiles: try body.validEstimate(),
            visibility: try body.validVisibility(isPublic: services.configuration.isPublic),
            holdsUnplaced: body.holdUnplaced, rules: { try body.rules(over: $0) },
            tags: try SemanticsRequest.changes(body.semantics))
        try await catalogue.uploadSets.edit(id, edit, by: context.viewer)
        guard let set = try await catalogue.uploadSets.find(id, viewer: context.viewer) else {
            // A manager who hides somebody else's upload set does not see it any more.
            return .noContent
        }
        return .json(try await document(set, context))
    }

    @Sendable private func remove(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let set = try await editable(context)
        let removing = Removing(services: services, viewer: context.viewer)
        let until = try removing.until(Query(request.uri.query))
        return .erased(try await removing.delete(set.id, until: until), context.baseURL)
    }

    @Sendable private func complete(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let set = try await editable(context)
        try await catalogue.uploadSets.complete(set.id, at: Date())
        services.wake()
        guard let now = try await catalogue.uploadSets.find(set.id, viewer: context.viewer) else {
            throw Failure.notFound("upload set")
        }
        return .json(try await document(now, context))
    }

    @Sendable private func listMine(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let query = try Query(request, allowing: ["limit", "filter", "page"])
        let limit = try query.integer("limit", default: 100, in: 1...1000)
        // Without a filter only batches that are not dispatched yet; an empty one shows all.
        let filter = query["filter"] ?? "dispatched = FALSE"
        let cursor = Cursor(keys: services.tokenSigner.keys)
        var before: UploadSet?
        if let page = query["page"] {
            let id = UploadSetID(stored: try cursor.open(page, kind: "upload_sets"))
            before = try await catalogue.uploadSets.find(id, viewer: context.viewer)
            guard before != nil else { throw Cursor.outdated }
        }
        let rows = try await catalogue.uploadSets.list(
            of: context.account.id,
            filter: try FilterRequest(filter: .string(filter), language: nil, crs: nil).expression(), before: before,
            limit: limit + 1, viewer: context.viewer)
        var documents: [JSON] = []
        for set in rows.prefix(limit) { documents.append(try await document(set, context)) }
        let url = "\(context.baseURL)/api/users/me/upload_sets"
        var links = [Link(rel: "self", href: url), Link(rel: "root", href: "\(context.baseURL)/api")]
        if rows.count > limit {
            let page = cursor.seal(rows[limit - 1].id.string, kind: "upload_sets")
            let text = URLText.encode(filter)
            links.append(Link(rel: "next", href: "\(url)?limit=\(limit)&filter=\(text)&page=\(page)"))
        }
        return .json(["upload_sets": .array(documents), "links": .links(links)])
    }

    private func set(_ context: SignedInContext) async throws -> UploadSet {
        let id = try context.identifier("set", of: "upload set", as: UploadSetID.self)
        guard let set = try await catalogue.uploadSets.find(id, viewer: context.viewer) else {
            throw Failure.notFound("upload set")
        }
        return set
    }

    private func editable(_ context: SignedInContext) async throws -> UploadSet {
        let set = try await set(context)
        try await Permissions(catalogue: catalogue).requireEdit(
            owner: set.accountID, label: set.labelID, viewer: context.viewer)
        return set
    }

    private func document(
        _ set: UploadSet, _ context: SignedInContext, _ neighbours: UploadSetNeighbours = .none
    ) async throws -> JSON {
        let status = try await catalogue.uploadSets.status(set.id, viewer: context.viewer)
        // Its owner knows the label's name even after the grant was withdrawn.
        let label = try await catalogue.labels.find(set.labelID, viewer: .system)
        return UploadSetDocument(
            set: set, status: status, label: label?.name ?? "", baseURL: context.baseURL, neighbours: neighbours
        ).json
    }
}

import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// Many pictures at once, and sequences that are put together by hand.
struct BulkRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.post("api/pictures/edit", use: edit)
        group.post("api/pictures/delete", use: remove)
        group.post("api/pictures/prepare", use: retry)
        group.post("api/collections/merge", use: merge)
        group.post("api/collections/:collection/split", use: split)
    }

    private var work: BulkWork { BulkWork(services: services) }

    /// Bytes: identifiers of ten thousand pictures.
    private static let largestBody = 1 << 20

    @Sendable private func edit(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try UploadRight.requireEditor(context.account)
        let wanted = try await request.decodeJSON(BulkRequest.self, limit: Self.largestBody)
        let label = try await work.target(wanted.cameraLabel, context)
        let edit = try wanted.edit(label: label, isPublic: services.configuration.isPublic)
        return try answer(try await work.edit(try wanted.selection(), edit, context), context)
    }

    @Sendable private func remove(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try UploadRight.requireEditor(context.account)
        let wanted = try await request.decodeJSON(BulkRequest.self, limit: Self.largestBody)
        let until = try Removing(services: services, viewer: context.viewer).until(wanted: wanted.undo)
        return try answer(try await work.delete(try wanted.selection(), until: until, context), context)
    }

    @Sendable private func retry(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try UploadRight.requireEditor(context.account)
        let wanted = try await request.decodeJSON(BulkRequest.self, limit: Self.largestBody)
        return try answer(try await work.retry(try wanted.selection(), context), context)
    }

    private func answer(_ outcome: BulkOutcome, _ context: SignedInContext) throws -> Response {
        let words = try PageRenderer(services: services).words(context.language)
        return .json(BulkDocument(outcome: outcome, words: words, baseURL: context.baseURL).json)
    }

    private struct MergeRequest: Decodable {
        let collections: [String]
        let title: String?
    }

    @Sendable private func merge(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let wanted = try await request.decodeJSON(MergeRequest.self)
        let ids = try wanted.collections.map { text in
            guard let id = SequenceID(text) else { throw Failure.notFound("collection") }
            return id
        }
        guard let first = ids.first, ids.count <= 100 else {
            throw Failure(.unprocessable, "From 2 to 100 collections are merged at once.")
        }
        try await work.merge(ids, title: try SequenceTitle.valid(wanted.title), context)
        return try await document(first, context, status: .ok)
    }

    private struct SplitRequest: Decodable {
        let item: String
        let title: String?
    }

    @Sendable private func split(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("collection", of: "collection", as: SequenceID.self)
        _ = try await work.sequence(id, context)
        let wanted = try await request.decodeJSON(SplitRequest.self)
        guard let picture = PictureID(wanted.item) else { throw Failure.notFound("picture") }
        let made = try await work.split(
            id, at: picture, title: try SequenceTitle.valid(wanted.title), context)
        return try await document(made, context, status: .created)
    }

    private func document(
        _ id: SequenceID, _ context: SignedInContext, status: HTTPResponse.Status
    ) async throws -> Response {
        guard let summary = try await services.catalogue.sequences.find(id, viewer: context.viewer) else {
            throw Failure.notFound("collection")
        }
        var response = Response.json(CollectionDocument(summary: summary, baseURL: context.baseURL).json)
        response.status = status
        if status == .created { response.headers[.location] = "\(context.baseURL)/api/collections/\(id)" }
        return response
    }
}

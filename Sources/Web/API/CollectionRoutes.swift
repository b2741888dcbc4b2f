import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Sequences as STAC collections.
struct CollectionRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let reader = router.group(context: ReaderContext.self)
        reader.get("api/collections", use: list)
        reader.get("api/collections/:collection", use: show)
        let group = router.group(context: SignedInContext.self)
        group.patch("api/collections/:collection", use: edit)
        group.delete("api/collections/:collection", use: remove)
    }

    private var catalogue: Catalogue { services.catalogue }

    @Sendable private func list(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let query = try Query(request, allowing: ["limit", "bbox", "datetime", "page"])
        let limit = min(try query.integer("limit", default: 100, in: 1...1_000_000), 1000)
        let cursor = Cursor(keys: services.tokenSigner.keys)
        var wanted = SequenceQuery(limit: limit + 1)
        wanted.box = try query["bbox"].map { try BoundingBoxText.box($0) }
        if let text = query["datetime"] { (wanted.from, wanted.to) = try RFC3339.interval(text) }
        wanted.after = try query["page"].map { try Self.position($0, cursor: cursor) }
        let rows = try await catalogue.sequences.list(wanted, viewer: context.viewer)
        let url = "\(context.baseURL)/api/collections"
        var links = [Link(rel: "self", href: url), Link(rel: "root", href: "\(context.baseURL)/api")]
        if rows.count > limit, let next = Self.seal(rows[limit - 1], cursor: cursor) {
            var parameters = ["limit=\(limit)"]
            for name in ["bbox", "datetime"] {
                if let value = query[name] { parameters.append("\(name)=\(URLText.encode(value))") }
            }
            links.append(Link(rel: "next", href: "\(url)?\(parameters.joined(separator: "&"))&page=\(next)"))
        }
        let documents = rows.prefix(limit).map { CollectionDocument(summary: $0, baseURL: context.baseURL).json }
        return .json(["collections": .array(documents), "links": .links(links)])
    }

    private static func position(_ page: String, cursor: Cursor) throws -> SequenceQuery.Position {
        let parts = try cursor.open(page, kind: "collections").split(separator: "|")
        guard parts.count == 2, let microseconds = Int64(parts[0]) else {
            throw Failure(.invalid, "'page' is not one that this server gave out.")
        }
        return SequenceQuery.Position(
            capturedFrom: Date(timeIntervalSince1970: Double(microseconds) / 1e6),
            id: SequenceID(stored: String(parts[1])))
    }

    private static func seal(_ summary: SequenceSummary, cursor: Cursor) -> String? {
        guard let captured = summary.capturedFrom else { return nil }
        return cursor.seal("\(captured.microseconds)|\(summary.sequence.id.string)", kind: "collections")
    }

    @Sendable private func show(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let id = try context.identifier("collection", of: "collection", as: SequenceID.self)
        guard let summary = try await catalogue.sequences.find(id, viewer: context.viewer) else {
            throw Failure.notFound("collection")
        }
        return .json(CollectionDocument(summary: summary, baseURL: context.baseURL).json)
    }

    private struct Change: Decodable {
        let title: String?
        let visibility: String?
        let semantics: [SemanticsRequest]?
    }

    @Sendable private func edit(_ request: Request, _ context: SignedInContext) async throws -> Response {
        var sequence = try await editable(context).sequence
        let body = try await request.decodeJSON(Change.self)
        if let title = body.title?.trimmed {
            guard (1...250).contains(title.count) else {
                throw Failure(.unprocessable, "A title has 1 to 250 characters.")
            }
            sequence.title = title
        }
        let isPublic = services.configuration.isPublic
        if let visibility = try UploadSetRequest.visibility(body.visibility, isPublic: isPublic) {
            sequence.visibility = visibility
        }
        let changes = try SemanticsRequest.changes(body.semantics)
        if !changes.isEmpty {
            try await catalogue.semantics.edit(.sequence(sequence.id), changes, by: context.viewer)
        }
        sequence.updatedAt = Date()
        try await catalogue.sequences.update(sequence)
        guard let summary = try await catalogue.sequences.find(sequence.id, viewer: context.viewer) else {
            throw Failure.notFound("collection")
        }
        return .json(CollectionDocument(summary: summary, baseURL: context.baseURL).json)
    }

    @Sendable private func remove(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let summary = try await editable(context)
        try await catalogue.sequences.delete(summary.sequence.id)
        services.wake()
        return .noContent
    }

    private func editable(_ context: SignedInContext) async throws -> SequenceSummary {
        let id = try context.identifier("collection", of: "collection", as: SequenceID.self)
        guard let summary = try await catalogue.sequences.find(id, viewer: context.viewer) else {
            throw Failure.notFound("collection")
        }
        try await Permissions(catalogue: catalogue).requireEdit(
            owner: summary.sequence.accountID, label: summary.sequence.labelID, viewer: context.viewer)
        return summary
    }
}

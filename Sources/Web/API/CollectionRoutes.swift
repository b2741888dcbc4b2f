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
        reader.get("api/collections/:collection/geovisio_status", use: status)
        let group = router.group(context: SignedInContext.self)
        group.patch("api/collections/:collection", use: edit)
        group.delete("api/collections/:collection", use: remove)
        group.post("api/collections/:collection/prepare", use: prepare)
    }

    private var catalogue: Catalogue { services.catalogue }

    @Sendable private func list(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let query = try Query(request, allowing: CollectionListRequest.parameters.union(["format"]))
        let wantsFeed = try Self.wantsFeed(query["format"], request)
        let cursor = Cursor(keys: services.tokenSigner.keys)
        let wanted = try CollectionListRequest(query, cursor: cursor)
        let url = "\(context.baseURL)/api/collections"
        let page = try await CollectionPage(
            wanted, url: url, catalogue: catalogue, cursor: cursor, viewer: context.viewer)
        if wantsFeed {
            return CollectionFeed(
                summaries: page.summaries, instance: services.instanceName,
                words: try PageRenderer(services: services).words(context.language), baseURL: context.baseURL,
                url: "\(url)?format=rss"
            ).response
        }
        let links = [Link(rel: "self", href: url), Link(rel: "root", href: "\(context.baseURL)/api")] + page.links
        let documents = page.summaries.map { CollectionDocument(summary: $0, baseURL: context.baseURL).json }
        return .json(["collections": .array(documents), "links": .links(links)])
    }

    /// `format` counts before `Accept`.
    private static func wantsFeed(_ format: String?, _ request: Request) throws -> Bool {
        switch format {
        case "rss": true
        case "json": false
        case nil: request.headers[.accept]?.lowercased().hasPrefix("application/rss+xml") == true
        default: throw Failure(.invalid, "'format' is json or rss.")
        }
    }

    @Sendable private func show(_ request: Request, _ context: ReaderContext) async throws -> Response {
        .tagged(document(try await found(context), context.baseURL), type: Link.jsonUTF8, for: request)
    }

    @Sendable private func status(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let summary = try await found(context)
        let states = try await catalogue.pictures.states(of: summary.sequence.id, viewer: context.viewer)
        return .json(CollectionStatusDocument(summary: summary, states: states, baseURL: context.baseURL).json)
    }

    private func found(_ context: ReaderContext) async throws -> SequenceSummary {
        let id = try context.identifier("collection", of: "collection", as: SequenceID.self)
        guard let summary = try await catalogue.sequences.find(id, viewer: context.viewer) else {
            throw Failure.notFound("collection")
        }
        return summary
    }

    private func document(_ summary: SequenceSummary, _ baseURL: String) -> JSON {
        CollectionDocument(summary: summary, baseURL: baseURL).json
    }

    @Sendable private func edit(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let before = try await editable(context)
        let id = before.sequence.id
        let version = try version(request, of: before, context.baseURL)
        let change = try await request.decodeFields(CollectionChange.self)
        let edit = try change.edit(isPublic: services.configuration.isPublic)
        try await catalogue.sequences.edit(id, edit, by: context.viewer, ifUpdatedAt: version)
        guard let summary = try await catalogue.sequences.find(id, viewer: context.viewer) else {
            // A manager who hides somebody else's sequence does not see it any more.
            return .noContent
        }
        return .tagged(document(summary, context.baseURL), type: Link.jsonUTF8, for: request)
    }

    @Sendable private func remove(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let summary = try await editable(context)
        let version = try version(request, of: summary, context.baseURL)
        let removing = Removing(services: services, viewer: context.viewer)
        let until = try removing.until(Query(request.uri.query))
        return .erased(
            try await removing.delete(summary.sequence.id, until: until, ifUpdatedAt: version), context.baseURL)
    }

    /// Tries the broken pictures of the collection again; without any there is nothing to do.
    @Sendable private func prepare(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try await editable(context).sequence.id
        for state in try await catalogue.pictures.states(of: id, viewer: context.viewer) where state.status == .broken {
            try await catalogue.pictures.retry(state.id)
        }
        services.wake()
        return Response(status: .accepted)
    }

    private func version(_ request: Request, of summary: SequenceSummary, _ baseURL: String) throws -> Date? {
        try EditCondition.version(
            request, of: document(summary, baseURL), updatedAt: summary.sequence.updatedAt)
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

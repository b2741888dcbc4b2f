import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Pictures as STAC items.
struct ItemRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let reader = router.group(context: ReaderContext.self)
        reader.get("api/collections/:collection/items", use: list)
        reader.get("api/collections/:collection/items/:picture", use: show)
        reader.get("api/pictures/:picture", use: show)
        let group = router.group(context: SignedInContext.self)
        group.patch("api/collections/:collection/items/:picture", use: edit)
        group.delete("api/collections/:collection/items/:picture", use: remove)
        group.post("api/collections/:collection/items/:picture/prepare", use: prepare)
        // Also one that is in no sequence yet.
        group.delete("api/pictures/:picture", use: remove)
    }

    private var catalogue: Catalogue { services.catalogue }

    @Sendable private func list(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let id = try context.identifier("collection", of: "collection", as: SequenceID.self)
        guard let summary = try await catalogue.sequences.find(id, viewer: context.viewer) else {
            throw Failure.notFound("collection")
        }
        let query = try Query(
            request,
            allowing: SearchRequest.parameters.union(["startAfterRank", "withPicture"]))
        // Some clients name the collection once more.
        let namesOther = query.list("collections").map { $0 != [id.string] } ?? false
        if namesOther || Self.narrowing.contains(where: { query[$0] != nil }) {
            return try await filtered(request, sequence: id, context)
        }
        let limit = min(try query.integer("limit", default: 100, in: 1...1_000_000), SearchRequest.largestPage)
        let start = try await firstRank(query, limit: limit, sequence: id, context)
        let rows = try await catalogue.pictures.items(
            of: id, afterRank: start, limit: limit + 1, viewer: context.viewer)
        let items = Array(rows.prefix(limit))
        var links = Self.links(of: id, context.baseURL)
        let url = "\(context.baseURL)/api/collections/\(id)/items?limit=\(limit)"
        links.append(Link(rel: "first", href: url, type: Link.geoJSON))
        if start > 0 {
            links.append(Link(rel: "prev", href: "\(url)&startAfterRank=\(max(0, start - limit))", type: Link.geoJSON))
        }
        if rows.count > limit, let rank = items.last?.picture.rank {
            links.append(Link(rel: "next", href: "\(url)&startAfterRank=\(rank)", type: Link.geoJSON))
        }
        return FeatureCollection(
            items: items, links: links, baseURL: context.baseURL, matched: summary.pictures
        ).response
    }

    /// The page that holds `withPicture`, else the one after `startAfterRank`.
    private func firstRank(_ query: Query, limit: Int, sequence: SequenceID, _ context: ReaderContext) async throws
        -> Int
    {
        if let text = query["withPicture"] {
            guard let id = PictureID(text), let picture = try await catalogue.pictures.find(id, viewer: context.viewer),
                picture.sequenceID == sequence, let rank = picture.rank
            else { throw Failure(.invalid, "'withPicture' is not a picture of this collection.") }
            return (rank - 1) / limit * limit
        }
        return try query.integer("startAfterRank", default: 0, in: 0...Int(Int32.max))
    }

    /// With a box, a time or a filter it is a search inside the collection.
    private func filtered(_ request: Request, sequence: SequenceID, _ context: ReaderContext) async throws -> Response {
        let query = try Query(request, allowing: SearchRequest.parameters)
        var wanted = try SearchRequest(query)
        wanted.restrict(to: sequence)
        let search = Search(catalogue: catalogue, cursor: Cursor(keys: services.tokenSigner.keys))
        let page = try await search.page(wanted, viewer: context.viewer)
        let url = "\(context.baseURL)/api/collections/\(sequence)/items"
        let links = SearchLinks(url: url, request: wanted, page: page).byQuery
        return FeatureCollection(
            items: page.items, links: Self.links(of: sequence, context.baseURL) + links, baseURL: context.baseURL,
            matched: page.matched, fields: wanted.fields
        ).response
    }

    /// What makes a list of items a search.
    private static let narrowing = SearchRequest.parameters.subtracting(["limit", "collections"])

    private static func links(of id: SequenceID, _ baseURL: String) -> [Link] {
        let collection = "\(baseURL)/api/collections/\(id)"
        return [
            Link(rel: "self", href: "\(collection)/items", type: Link.geoJSON),
            Link(rel: "root", href: "\(baseURL)/api"), Link(rel: "parent", href: collection),
            Link(rel: "collection", href: collection),
        ]
    }

    @Sendable private func show(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let id = try context.identifier("picture", of: "picture", as: PictureID.self)
        guard let item = try await catalogue.pictures.item(id, viewer: context.viewer) else {
            throw Failure.notFound("picture")
        }
        if let text = context.parameters.get("collection"), text.lowercased() != item.picture.sequenceID?.string {
            throw Failure.notFound("picture")
        }
        return .tagged(
            ItemDocument(item: item, baseURL: context.baseURL).json, type: Link.geoJSONUTF8, for: request)
    }

    @Sendable private func edit(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let picture = try await editable(context)
        let version = try await version(request, of: picture, context)
        let change = try await request.decodeFields(ItemChange.self)
        let edit = try change.edit(isPublic: services.configuration.isPublic)
        try await catalogue.pictures.edit(picture.id, edit, by: context.viewer, ifUpdatedAt: version)
        guard let item = try await catalogue.pictures.item(picture.id, viewer: context.viewer) else {
            // A manager who hides somebody else's picture does not see it any more.
            return .noContent
        }
        return .tagged(
            ItemDocument(item: item, baseURL: context.baseURL).json, type: Link.geoJSONUTF8, for: request)
    }

    @Sendable private func remove(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let picture = try await editable(context)
        let version = try await version(request, of: picture, context)
        let removing = Removing(services: services, viewer: context.viewer)
        let until = try removing.until(Query(request.uri.query))
        return .erased(
            try await removing.delete(picture.id, until: until, ifUpdatedAt: version), context.baseURL)
    }

    private func version(_ request: Request, of picture: Picture, _ context: SignedInContext) async throws -> Date? {
        guard request.headers[.ifMatch] != nil else { return nil }
        guard let item = try await catalogue.pictures.item(picture.id, viewer: context.viewer) else {
            throw Failure.notFound("picture")
        }
        return try EditCondition.version(
            request, of: ItemDocument(item: item, baseURL: context.baseURL).json, updatedAt: item.picture.updatedAt)
    }

    /// Tries a broken picture again.
    @Sendable private func prepare(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let picture = try await editable(context)
        guard picture.status == .broken else {
            throw Failure(.conflict, "Only a picture that is broken can be tried again.")
        }
        try await catalogue.pictures.retry(picture.id)
        services.wake()
        return Response(status: .accepted)
    }

    private func editable(_ context: SignedInContext) async throws -> Picture {
        try await Permissions(catalogue: catalogue).editablePicture(context)
    }
}

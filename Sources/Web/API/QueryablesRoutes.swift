import Catalogue
import Domain
import Hummingbird

/// What filters can name: of all items, of the items of a collection, of collections.
struct QueryablesRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let reader = router.group(context: ReaderContext.self)
        reader.get("api/queryables", use: items)
        reader.get("api/collections/queryables", use: collections)
        reader.get("api/collections/:collection/queryables", use: itemsOfCollection)
    }

    @Sendable private func items(_ request: Request, _ context: ReaderContext) async throws -> Response {
        QueryablesDocument(vocabulary: .pictures, title: "Pictures", url: "\(context.baseURL)/api/queryables").response
    }

    @Sendable private func collections(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let url = "\(context.baseURL)/api/collections/queryables"
        return QueryablesDocument(vocabulary: .sequences, title: "Sequences", url: url).response
    }

    @Sendable private func itemsOfCollection(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let id = try context.identifier("collection", of: "collection", as: SequenceID.self)
        guard let summary = try await services.catalogue.sequences.find(id, viewer: context.viewer) else {
            throw Failure.notFound("collection")
        }
        let url = "\(context.baseURL)/api/collections/\(id)/queryables"
        return QueryablesDocument(vocabulary: .pictures, title: summary.sequence.title, url: url).response
    }
}

import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Item search over everything one may see.
struct SearchRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let reader = router.group(context: ReaderContext.self)
        reader.get("api/search", use: byQuery)
        reader.post("api/search", use: byBody)
    }

    private var search: Search {
        Search(catalogue: services.catalogue, cursor: Cursor(keys: services.tokenSigner.keys))
    }

    @Sendable private func byQuery(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let wanted = try SearchRequest(Query(request, allowing: SearchRequest.parameters))
        let page = try await search.page(wanted, viewer: context.viewer)
        let url = "\(context.baseURL)/api/search"
        let links = SearchLinks(url: url, request: wanted, page: page).byQuery
        return Self.answer(page, wanted, links, context)
    }

    @Sendable private func byBody(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let wanted = try SearchRequest(body: try await request.decodeJSON(AnyJSON.self).value)
        let page = try await search.page(wanted, viewer: context.viewer)
        let url = "\(context.baseURL)/api/search"
        let links = SearchLinks(url: url, request: wanted, page: page).byBody
        return Self.answer(page, wanted, links, context)
    }

    private static func answer(
        _ page: Search.Page, _ wanted: SearchRequest, _ links: [Link], _ context: ReaderContext
    ) -> Response {
        let around = [
            Link(rel: "self", href: "\(context.baseURL)/api/search", type: Link.geoJSON),
            Link(rel: "root", href: "\(context.baseURL)/api"),
        ]
        return FeatureCollection(
            items: page.items, links: around + links, baseURL: context.baseURL, matched: page.matched,
            fields: wanted.fields
        ).response
    }
}

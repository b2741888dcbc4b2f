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
        var links = Self.links(context.baseURL, url)
        if let next = page.next {
            var parameters = wanted.echo.members.compactMap { member -> String? in
                guard case .string(let text) = member.value else { return nil }
                return "\(member.name)=\(URLText.encode(text))"
            }
            parameters.append("page=\(next)")
            let href = "\(url)?\(parameters.joined(separator: "&"))"
            links.append(Link(rel: "next", href: href, type: Link.geoJSON, extra: ["method": "GET"]))
        }
        return FeatureCollection(items: page.items, links: links, baseURL: context.baseURL).response
    }

    @Sendable private func byBody(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let wanted = try SearchRequest(body: try await request.decodeJSON(AnyJSON.self).value)
        let page = try await search.page(wanted, viewer: context.viewer)
        let url = "\(context.baseURL)/api/search"
        var links = Self.links(context.baseURL, url)
        if let next = page.next {
            var body = wanted.echo
            body["page"] = .string(next)
            links.append(
                Link(
                    rel: "next", href: url, type: Link.geoJSON,
                    extra: ["method": "POST", "body": .object(body), "merge": false]))
        }
        return FeatureCollection(items: page.items, links: links, baseURL: context.baseURL).response
    }

    private static func links(_ baseURL: String, _ url: String) -> [Link] {
        [Link(rel: "self", href: url, type: Link.geoJSON), Link(rel: "root", href: "\(baseURL)/api")]
    }
}

/// Links to the pages around one, with everything that was asked for.
struct SearchLinks {
    let url: String
    let request: SearchRequest
    let page: Search.Page

    private var pages: [(rel: String, cursor: String)] {
        [("prev", page.previous), ("next", page.next)].compactMap { rel, cursor in cursor.map { (rel, $0) } }
    }

    var byQuery: [Link] {
        pages.map { page in
            var parameters = request.echo.members.compactMap { member -> String? in
                guard case .string(let text) = member.value else { return nil }
                return "\(member.name)=\(URLText.encode(text))"
            }
            parameters.append("page=\(page.cursor)")
            let href = "\(url)?\(parameters.joined(separator: "&"))"
            return Link(rel: page.rel, href: href, type: Link.geoJSON, extra: ["method": "GET"])
        }
    }

    var byBody: [Link] {
        pages.map { page in
            var body = request.echo
            body["page"] = .string(page.cursor)
            return Link(
                rel: page.rel, href: url, type: Link.geoJSON,
                extra: ["method": "POST", "body": .object(body), "merge": false])
        }
    }
}

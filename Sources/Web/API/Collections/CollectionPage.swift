import Catalogue
import Domain

/// One page of collections, and the links to the others.
struct CollectionPage {
    static let kind = "collections"

    let summaries: [SequenceSummary]
    let links: [Link]

    /// - Parameter url: of the list, without its parameters.
    init(
        _ wanted: CollectionListRequest, url: String, catalogue: Catalogue, cursor: Cursor, viewer: Viewer
    ) async throws {
        let found = try await catalogue.sequences.list(wanted.query, viewer: viewer)
        summaries = Array(found.prefix(wanted.limit))
        let address = "\(url)?\(wanted.echo.joined(separator: "&"))"
        var links = [Link(rel: "first", href: address)]
        if found.count > wanted.limit, let last = summaries.last.flatMap(wanted.query.sort.position) {
            let page = cursor.seal("\(last.moment.microseconds)|\(last.id.string)", kind: Self.kind)
            links.append(Link(rel: "next", href: "\(address)&page=\(page)"))
        }
        self.links = links
    }
}

import Catalogue
import Domain

/// Runs an item search, page by page.
struct Search: Sendable {
    let catalogue: Catalogue
    let cursor: Cursor

    struct Page {
        let items: [PictureItem]
        /// Cursors of the pages around this one; nil where there is none.
        let next: String?
        let previous: String?
        /// How many there are in all, where that is known without counting.
        let matched: Int?
    }

    func page(_ request: SearchRequest, viewer: Viewer) async throws -> Page {
        var query = request.query
        if let page = request.page {
            try SearchCursor.open(page, cursor).apply(to: &query, isOrderChosen: request.isOrderChosen)
        }
        query.limit = request.limit + 1
        let found = try await catalogue.pictures.page(query, viewer: viewer)
        let hasMore = found.items.count > request.limit
        let items = query.isBackwards ? found.items.suffix(request.limit) : found.items.prefix(request.limit)
        let (first, last) = (found.positions[safe: items.startIndex], found.positions[safe: items.endIndex - 1])
        let hasNext = query.isBackwards || hasMore
        let hasPrevious = query.isBackwards ? hasMore : query.after != nil
        func seal(_ position: PictureQuery.Position?, isBackwards: Bool) -> String? {
            position.map { SearchCursor($0, of: query, isBackwards: isBackwards).sealed(cursor) }
        }
        return Page(
            items: Array(items), next: hasNext ? seal(last, isBackwards: false) : nil,
            previous: hasPrevious ? seal(first, isBackwards: true) : nil,
            matched: query.after == nil && !hasMore ? items.count : nil)
    }
}

extension Array {
    /// The element at an index, when there is one.
    fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

import Catalogue
import Domain
import Foundation

/// Runs an item search, page by page.
struct Search: Sendable {
    let catalogue: Catalogue
    let cursor: Cursor
    private static let kind = "search"

    struct Page {
        let items: [PictureItem]
        /// What the next page starts after; nil on the last.
        let next: String?
    }

    func page(_ request: SearchRequest, viewer: Viewer) async throws -> Page {
        var query = request.query
        query.after = try request.page.map(position)
        let limit = request.limit
        var found: [PictureItem] = []
        // Rows outside the area are dropped, so that it may take several reads to fill a page.
        repeat {
            query.limit = request.area == nil ? limit + 1 : max(limit + 1, 500)
            let rows = try await catalogue.pictures.search(query, viewer: viewer)
            found += rows.filter { row in
                guard let area = request.area else { return true }
                guard let point = row.picture.tags?.position else { return false }
                return area.contains(point)
            }
            guard rows.count == query.limit, let last = rows.last?.picture, let captured = last.tags?.capturedAt else {
                break
            }
            query.after = .init(capturedAt: captured, id: last.id)
        } while found.count <= limit
        let items = Array(found.prefix(limit))
        return Page(items: items, next: found.count > limit ? items.last.flatMap(seal) : nil)
    }

    private func seal(_ item: PictureItem) -> String? {
        guard let captured = item.picture.tags?.capturedAt else { return nil }
        return cursor.seal("\(captured.microseconds)|\(item.picture.id.string)", kind: Self.kind)
    }

    private func position(_ page: String) throws -> PictureQuery.Position {
        let parts = try cursor.open(page, kind: Self.kind).split(separator: "|")
        guard parts.count == 2, let microseconds = Int64(parts[0]) else {
            throw Failure(.invalid, "'page' is not one that this server gave out.")
        }
        return .init(
            capturedAt: Date(timeIntervalSince1970: Double(microseconds) / 1e6), id: PictureID(stored: String(parts[1]))
        )
    }
}

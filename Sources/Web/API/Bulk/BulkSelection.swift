import Catalogue
import Domain

/// Which pictures are meant: those that are named, or those that a search finds.
enum BulkSelection {
    case pictures([PictureID])
    case search(PictureQuery)

    /// The most pictures of one request.
    static let most = 10_000

    private static let page = 1000

    /// The pictures, at most `most`. Throws `.unprocessable` when there are more, and what a search throws.
    func pictures(_ catalogue: Catalogue, viewer: Viewer) async throws -> [PictureID] {
        switch self {
        case .pictures(let ids):
            guard ids.count <= Self.most else { throw Self.tooMany }
            return ids
        case .search(var query):
            var found: [PictureID] = []
            query.limit = Self.page
            while true {
                let page = try await catalogue.pictures.page(query, viewer: viewer)
                found += page.items.map(\.picture.id)
                guard found.count <= Self.most else { throw Self.tooMany }
                guard page.items.count == Self.page, let last = page.positions.last else { return found }
                query.after = last
            }
        }
    }

    static let tooMany = Failure(
        .unprocessable, "At most 10,000 pictures are changed at once: choose fewer.", details: ["reason": "too_many"])
}

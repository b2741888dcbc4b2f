import Catalogue
import Domain

/// `filter` of a list of reports: CQL2, where `me` stands for who asks (Panoramax: `owner = 'me'`).
enum ReportFilter {
    static let parameters: Set<String> = ["filter", "filter-lang"]

    /// Nil for no filter. Throws `.invalid` with what cannot be done.
    static func expression(_ query: Query, viewer: Viewer) throws -> FilterExpression? {
        let request = FilterRequest(
            filter: query["filter"].map(JSON.string), language: query["filter-lang"], crs: nil)
        guard let filter = try request.expression() else { return nil }
        return naming(viewer.accountID?.string ?? "", in: filter)
    }

    private static func naming(_ id: String, in expression: FilterExpression) -> FilterExpression {
        switch expression {
        case .text("me"): .text(id)
        case .list(let parts): .list(parts.map { naming(id, in: $0) })
        case .operation(let operation, let parts): .operation(operation, parts.map { naming(id, in: $0) })
        default: expression
        }
    }

    /// The parameters again, for the link to the next page.
    static func echo(_ query: Query) -> String {
        parameters.sorted().compactMap { name in query[name].map { "&\(name)=\(URLText.encode($0))" } }.joined()
    }
}

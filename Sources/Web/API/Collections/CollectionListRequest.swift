import Catalogue
import Domain

/// What a list of collections asks for (OGC API – Features, and Panoramax's parameters).
struct CollectionListRequest {
    static let parameters: Set<String> = [
        "limit", "bbox", "datetime", "page", "sortby", "created_after", "created_before", "filter",
        "filter-lang", "filter-crs",
    ]
    private static let largestPage = 1000

    /// One more than a page has, to see whether another follows.
    private(set) var query: SequenceQuery
    let limit: Int
    /// The parameters again, for the link to the next page.
    let echo: [String]

    /// - Parameter account: whose sequences; nil for everybody's.
    /// - Throws: `.invalid` with what is wrong.
    init(_ parameters: Query, cursor: Cursor, account: AccountID? = nil) throws {
        limit = min(try parameters.integer("limit", default: 100, in: 1...1_000_000), Self.largestPage)
        query = SequenceQuery(account: account, limit: limit + 1)
        query.box = try parameters["bbox"].map { try BoundingBoxText.box($0) }
        if let text = parameters["datetime"] { (query.from, query.to) = try RFC3339.interval(text) }
        query.createdAfter = try parameters["created_after"].map { try RFC3339.moment($0, "created_after") }
        query.createdBefore = try parameters["created_before"].map { try RFC3339.moment($0, "created_before") }
        query.sort = try Self.sort(parameters["sortby"])
        query.filter = try FilterRequest(
            filter: parameters["filter"].map(JSON.string), language: parameters["filter-lang"],
            crs: parameters["filter-crs"]
        ).expression()
        query.after = try parameters["page"].map { try Self.position($0, cursor: cursor) }
        let names = [
            "bbox", "created_after", "created_before", "datetime", "filter", "filter-crs", "filter-lang", "format",
            "sortby",
        ]
        echo =
            ["limit=\(limit)"]
            + names.compactMap { name in parameters[name].map { "\(name)=\(URLText.encode($0))" } }
    }

    /// `+created`, `-updated`, `datetime` …; a plus that was not encoded arrives as a space.
    private static func sort(_ text: String?) throws -> SequenceSort {
        guard let text = text?.trimmed, !text.isEmpty else { return SequenceSort() }
        let name = text.hasPrefix("+") || text.hasPrefix("-") ? String(text.dropFirst()) : text
        let keys: [String: SequenceSort.Key] = ["datetime": .captured, "created": .created, "updated": .updated]
        guard let key = keys[name] else {
            throw Failure(.invalid, "'sortby' is one of datetime, created, updated, with + or - before it.")
        }
        return SequenceSort(key, isDescending: text.hasPrefix("-"))
    }

    private static func position(_ page: String, cursor: Cursor) throws -> SequenceQuery.Position {
        let parts = try cursor.open(page, kind: CollectionPage.kind).split(separator: "|")
        guard parts.count == 2, let microseconds = Int64(parts[0]) else {
            throw Failure(.invalid, "'page' is not one that this server gave out.")
        }
        return SequenceQuery.Position(
            moment: SQLValue.date(microseconds: microseconds), id: SequenceID(stored: String(parts[1])))
    }
}

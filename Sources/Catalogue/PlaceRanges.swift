import Domain

/// Ranges of the place index as a small table that drives a join, so that each is one search of the index.
struct PlaceRanges {
    let ranges: [Range<Int64>]

    init(_ ranges: [Range<Int64>]) { self.ranges = ranges }

    /// A common table expression `ranges (low, high)`.
    var table: SQLStatement { "ranges (low, high) AS (\(select))" }

    /// The rows of the table, as a sub-select with columns `low` and `high`.
    var select: SQLStatement {
        guard !ranges.isEmpty else { return "SELECT 0 AS low, 0 AS high" }
        return .joined(
            ranges.map { "SELECT \($0.lowerBound) AS low, \($0.upperBound) AS high" }, by: " UNION ALL ")
    }

    /// A listed picture `p` inside the range `r`.
    static let match: SQLStatement = "p.listed = 1 AND p.morton >= r.low AND p.morton < r.high"
}

import Domain
import Foundation

/// Chooses the ids of one page of a search, newest capture first.
///
/// What drives the statement is chosen here and not left to a planner: ids or sequences when they are given; the place
/// index when the box holds few enough pictures to sort them all; the viewer's sequences when they see few pictures of
/// many; else the time index, re-checking the box.
struct PictureSearch {
    let query: PictureQuery
    let sight: Sight

    /// What holds more pictures than this is searched in order of time.
    static let sortable = 20_000

    func statement(_ connection: any SQLConnection) throws -> SQLStatement {
        if query.ids != nil || query.sequences != nil {
            return page(of: "FROM pictures p WHERE \(given) AND \(sight.sees(listed: "p"))")
        }
        if let box = query.box, let ranges = try placeRanges(of: box, connection) {
            return page(
                of: """
                    FROM (\(ranges.select)) r CROSS JOIN pictures p
                    WHERE \(PlaceRanges.match) AND \(sight.sees(listed: "p"))
                    """)
        }
        if try !sight.viewer.seesEverything && PictureStore.count(sight, connection) <= Self.sortable {
            return page(
                of: """
                    FROM sequence_figures f CROSS JOIN sequences s CROSS JOIN pictures p
                    WHERE s.id = f.sequence_id AND f.audience = \(sight.level(of: "s"))
                    AND p.sequence_id = s.id AND p.listed = 1 AND p.audience >= f.audience
                    """)
        }
        return page(of: "FROM pictures p WHERE \(sight.sees(listed: "p"))")
    }

    /// The ranges of the box, when they hold few enough pictures.
    private func placeRanges(of box: BoundingBox, _ connection: any SQLConnection) throws -> PlaceRanges? {
        let ranges = PlaceRanges(Morton.ranges(covering: box))
        let count = try connection.number(
            """
            WITH \(ranges.table) SELECT COUNT(*) FROM (
                SELECT 1 FROM ranges r CROSS JOIN pictures p
                WHERE \(PlaceRanges.match) LIMIT \(Self.sortable + 1))
            """)
        return count <= Self.sortable ? ranges : nil
    }

    private func page(of source: SQLStatement) -> SQLStatement {
        """
        SELECT p.id \(source)\(conditions)
        ORDER BY p.captured_at DESC, p.id LIMIT \(query.limit)
        """
    }

    /// The given ids and sequences.
    private var given: SQLStatement {
        var parts: [SQLStatement] = []
        if let ids = query.ids { parts.append("p.id IN \(SQLStatement.list(ids.map { .id($0) }))") }
        if let sequences = query.sequences {
            // With ids given, they are the shorter way: the unary plus of no effect would not be portable.
            let list = SQLStatement.list(sequences.map { .id($0) })
            parts.append(
                query.ids == nil
                    ? "p.sequence_id IN \(list)" : "CASE WHEN p.sequence_id IN \(list) THEN 1 ELSE 0 END = 1")
        }
        return parts.isEmpty ? "1 = 1" : .joined(parts, by: " AND ")
    }

    private var conditions: SQLStatement {
        var parts: SQLStatement = ""
        if let box = query.box { parts += " AND \(Self.inside(box))" }
        if let from = query.from { parts += " AND p.captured_at >= \(from)" }
        if let to = query.to { parts += " AND p.captured_at <= \(to)" }
        if let after = query.after {
            let moment = after.capturedAt
            // The first term lets the index start there; the second tells equal times apart.
            parts += " AND p.captured_at <= \(moment) AND (p.captured_at < \(moment) OR p.id > \(after.id))"
        }
        return parts
    }

    /// The exact check: place ranges hold a little more than the box.
    static func inside(_ box: BoundingBox) -> SQLStatement {
        let parts = box.parts.map { part -> SQLStatement in
            """
            (p.longitude BETWEEN \(part.west) AND \(part.east) AND p.latitude BETWEEN \(part.south) AND \(part.north))
            """
        }
        return "(\(SQLStatement.joined(parts, by: " OR ")))"
    }
}

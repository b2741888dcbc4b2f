import Domain
import Foundation

/// Chooses the ids of one page of a search, with what they are ordered by.
///
/// Whatever a filter says, the viewer's sight is a condition of its own beside it.
///
/// What drives the statement is chosen here and not left to a planner: ids or sequences when they are given; the place
/// index when the box holds few enough pictures to sort them all; the tags when the filter asks for one that few pictures
/// have; the viewer's sequences when they see few pictures of many; else the time index, re-checking everything.
struct PictureSearch {
    let query: PictureQuery
    let sight: Sight
    let ordering: PictureOrdering
    /// The exact checks: areas and filters.
    private let filter: SQLStatement

    /// Throws `.invalid` for a filter or an order that cannot be used.
    init(query: PictureQuery, sight: Sight) throws {
        self.query = query
        self.sight = sight
        ordering = try PictureOrdering(query, .pictures)
        var filter: SQLStatement = ""
        if let area = query.area { filter += " AND \(try PlaceCondition.meets(area))" }
        if let view = query.view { filter += " AND \(view.condition)" }
        if let expression = query.filter {
            filter += " AND \(try FilterCompiler(.pictures).condition(expression))"
        }
        if let after = query.after { filter += " AND \(try ordering.after(after))" }
        self.filter = filter
    }

    /// What holds more pictures than this is searched in order of time.
    static let sortable = 20_000

    func statement(_ connection: any SQLConnection) throws -> SQLStatement {
        if query.ids != nil || query.sequences != nil {
            return page(of: "FROM pictures p WHERE \(given) AND \(sight.sees(listed: "p"))")
        }
        if let box, let ranges = try placeRanges(of: box, connection) {
            return page(
                of: """
                    FROM (\(ranges.select)) r CROSS JOIN pictures p
                    WHERE \(PlaceRanges.match) AND \(sight.sees(listed: "p"))
                    """)
        }
        if let tagged = try taggedPictures(connection) {
            return page(
                of: """
                    FROM (\(tagged.select)) r CROSS JOIN pictures p
                    WHERE p.id = r.id AND \(sight.sees(listed: "p"))
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
        if !ordering.isIndexed { try requireFew(connection) }
        return page(of: "FROM pictures p WHERE \(sight.sees(listed: "p"))")
    }

    /// Throws `.invalid` when too many pictures would have to be read to put them in order.
    private func requireFew(_ connection: any SQLConnection) throws {
        let count = try connection.number(
            """
            SELECT COUNT(*) FROM (
                SELECT 1 FROM pictures p WHERE \(sight.sees(listed: "p"))\(times) LIMIT \(query.mostOrdered + 1))
            """)
        guard count <= query.mostOrdered else {
            throw Failure(
                .invalid, "So many pictures are ordered by datetime, id, created or updated only: narrow the search.")
        }
    }

    /// What the place index can be asked for: the box, or one around the area, the place or what the filter wants.
    private var box: BoundingBox? {
        query.view?.box ?? query.box ?? query.area?.box ?? query.filter.flatMap(Self.box)
    }

    /// Around all that can fulfil the filter, as far as that is plain.
    private static func box(of filter: FilterExpression) -> BoundingBox? {
        guard case .operation(let operation, let operands) = filter else { return nil }
        switch operation {
        case .and: return operands.lazy.compactMap(box).first
        case .placeIntersects, .placeWithin, .placeTouches, .placeEquals, .placeContains:
            return operands.lazy.compactMap { (try? PlaceCondition.figure($0))?.box }.first
        default: return nil
        }
    }

    /// The ranges of the box, when they hold few enough pictures.
    private func placeRanges(of box: BoundingBox, _ connection: any SQLConnection) throws -> PlaceRanges? {
        let ranges = PlaceRanges(Morton.ranges(covering: box))
        // In order of distance only the box itself can be sorted, and it is small.
        if query.order == PictureQuery.nearestOrder { return ranges }
        let count = try connection.number(
            """
            WITH \(ranges.table) SELECT COUNT(*) FROM (
                SELECT 1 FROM ranges r CROSS JOIN pictures p
                WHERE \(PlaceRanges.match) LIMIT \(Self.sortable + 1))
            """)
        return count <= Self.sortable ? ranges : nil
    }

    /// The pictures with a tag that the filter asks for, when they are few enough.
    private func taggedPictures(_ connection: any SQLConnection) throws -> TaggedPictures? {
        guard let tagged = query.filter.flatMap({ TaggedPictures($0, .pictures) }) else { return nil }
        let count = try connection.number(
            "SELECT COUNT(*) FROM (SELECT 1 FROM (\(tagged.select)) LIMIT \(Self.sortable + 1))")
        return count <= Self.sortable ? tagged : nil
    }

    private func page(of source: SQLStatement) -> SQLStatement {
        """
        SELECT p.id\(ordering.columns) \(source)\(conditions)\(filter)
        ORDER BY \(ordering.clause) LIMIT \(query.limit)
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
        return parts + times
    }

    private var times: SQLStatement {
        var parts: SQLStatement = ""
        if let from = query.from { parts += " AND p.captured_at >= \(from)" }
        if let to = query.to { parts += " AND p.captured_at <= \(to)" }
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

import Domain
import Foundation

extension MapStore {
    /// Sequences with a listed picture in or near the tile, each with its line (listed positions by rank, thinned to
    /// about one per cell of zoom `z + 9`).
    package func sequences(z: Int, x: Int, y: Int, viewer: Viewer) async throws -> [MapSequence] {
        let sight = Sight(viewer)
        let candidates = Self.candidates(z: z, x: x, y: y, sight)
        return try await engine.read { connection in
            let found = try connection.rows(
                """
                SELECT s.id, s.account_id, f.audience, f.captured_from, f.type, f.make, f.model
                FROM (\(candidates)) c CROSS JOIN sequences s ON s.id = c.id
                JOIN sequence_figures f ON f.sequence_id = s.id AND f.audience = \(sight.level(of: "s"))
                ORDER BY s.id
                """
            ) { try Found(&$0) }
            return try found.map { try $0.drawn(zoom: z, connection) }
        }
    }

    /// Lines of neighbours a little outside are drawn too, so that lines do not end at the edge: a tile of zoom 14
    /// is about 1,600 metres wide in middle latitudes, and pictures of one sequence are rarely 200 metres apart.
    private static let margin = 0.125

    private static func candidates(z: Int, x: Int, y: Int, _ sight: Sight) -> SQLStatement {
        let box = PlaceCell.box(z: z, x: x, y: y, margin: margin)
        // Further out, looking at each sequence is quicker than at each picture.
        guard z >= 14 else {
            return """
                SELECT f.sequence_id AS id FROM sequence_figures f
                WHERE f.audience = 0 AND \(SequenceSummaryRow.touches(box))
                """
        }
        let ranges = PlaceRanges(Morton.ranges(covering: box))
        return """
            SELECT DISTINCT p.sequence_id AS id FROM (\(ranges.select)) r CROSS JOIN pictures p \
            WHERE \(PlaceRanges.match) AND p.audience >= \(sight.level(of: "p")) AND \(PictureSearch.inside(box))
            """
    }

    /// A sequence whose line is to be drawn.
    private struct Found {
        let id: SequenceID
        let accountID: AccountID
        let audience: Int
        let capturedFrom: Date
        let type: PictureType?
        let model: String?

        init(_ row: inout SQLRowReader) throws {
            id = row.id()
            accountID = row.id()
            audience = row.int()
            capturedFrom = row.date()
            type = try row.optionalWord()
            let make = row.optionalText()
            let name = row.optionalText()
            model = make == nil ? nil : name
        }

        /// The line at tile zoom `zoom`, with one point for each run of pictures in the same cell; both ends stay.
        func drawn(zoom: Int, _ connection: any SQLConnection) throws -> MapSequence {
            let shift = Int64(2 * max(0, Morton.zoom - zoom - 9))
            // Country and region: one picture in sixteen, of an index of their own, tells the shape.
            let detail: SQLStatement = zoom < 10 ? " AND p.rank % 16 = 1" : ""
            let first = try ends("ORDER BY p.rank", connection)
            let last = try ends("ORDER BY p.rank DESC", connection)
            var line = first.map { [$0] } ?? []
            var cell: Int64?
            try connection.each(
                """
                SELECT p.morton, p.longitude, p.latitude FROM pictures p
                WHERE p.listed = 1 AND p.sequence_id = \(id) AND p.audience >= \(audience)\(detail) ORDER BY p.rank
                """
            ) { row in
                let code = row.int64() >> shift
                guard code != cell else { return }
                cell = code
                line.append(GeoPoint(longitude: row.double(), latitude: row.double()))
            }
            if let last { line.append(last) }
            return MapSequence(
                id: id, accountID: accountID, capturedFrom: capturedFrom, type: type, model: model,
                line: Self.withoutRepeats(line))
        }

        /// The first picture in that order.
        private func ends(_ order: SQLStatement, _ connection: any SQLConnection) throws -> GeoPoint? {
            try connection.first(
                """
                SELECT p.longitude, p.latitude FROM pictures p
                WHERE p.listed = 1 AND p.sequence_id = \(id) AND p.audience >= \(audience) \(order) LIMIT 1
                """
            ) { GeoPoint(longitude: $0.double(), latitude: $0.double()) }
        }

        private static func withoutRepeats(_ line: [GeoPoint]) -> [GeoPoint] {
            line.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
        }
    }
}

import Domain
import Foundation

extension MapStore {
    /// Sequences with a listed picture in or near the tile, each with the line that a map of its zoom needs.
    static func sequences(
        of tile: MapTile, _ sight: Sight, _ connection: any SQLConnection
    ) throws -> [MapSequence] {
        // Far out the short form of a line is read, which lies beside the rest of its row.
        let kept: SQLStatement = tile.z <= SequenceLine.overviewZoom ? "k.overview" : "k.line"
        let level = sight.level(of: "s")
        let found = try connection.rows(
            """
            SELECT s.id, s.account_id, s.label_id, f.audience, f.captured_from, f.type, f.make, f.model, \(kept)
            FROM (\(candidates(tile, sight))) c CROSS JOIN sequences s ON s.id = c.id
            JOIN sequence_figures f ON f.sequence_id = s.id AND f.audience = \(level)
            LEFT JOIN sequence_lines k ON k.sequence_id = s.id AND k.audience = (SELECT MIN(n.audience)
                FROM sequence_lines n WHERE n.sequence_id = s.id AND n.audience >= f.audience)
            WHERE 1 = 1\(chosen(tile.choice, "s")) ORDER BY s.id
            """
        ) { try Found(&$0, zoom: tile.z) }
        return try found.map { try $0.drawn(zoom: tile.z, connection) }
    }

    /// Lines of neighbours a little outside are drawn too, so that lines do not end at the edge: a tile of zoom 14
    /// is about 1,600 metres wide in middle latitudes, and pictures of one sequence are rarely 200 metres apart.
    private static let margin = 0.125

    private static func candidates(_ tile: MapTile, _ sight: Sight) -> SQLStatement {
        let box = PlaceCell.box(z: tile.z, x: tile.x, y: tile.y, margin: margin)
        // Further out, looking at each sequence is quicker than at each picture.
        guard tile.z >= 14 else {
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
        let labelID: CameraLabelID
        let audience: Int
        let capturedFrom: Date
        let type: PictureType?
        let model: String?
        /// Nil while none is kept.
        let line: [MapPoint]?

        init(_ row: inout SQLRowReader, zoom: Int) throws {
            id = row.id()
            accountID = row.id()
            labelID = row.id()
            audience = row.int()
            capturedFrom = row.date()
            type = try row.optionalWord()
            let make = row.optionalText()
            let name = row.optionalText()
            model = make == nil ? nil : name
            line = row.optionalBlob().map { SequenceLine.decode($0, zoom: zoom) }
        }

        func drawn(zoom: Int, _ connection: any SQLConnection) throws -> MapSequence {
            MapSequence(
                id: id, accountID: accountID, labelID: labelID, capturedFrom: capturedFrom, type: type, model: model,
                line: try line ?? simplified(zoom: zoom, connection))
        }

        /// The line as it would be kept, from the pictures themselves.
        private func simplified(zoom: Int, _ connection: any SQLConnection) throws -> [MapPoint] {
            var line: [MapPoint] = []
            try connection.each(
                """
                SELECT p.morton FROM pictures p
                WHERE p.listed = 1 AND p.sequence_id = \(id) AND p.audience >= \(audience) ORDER BY p.rank
                """
            ) { row in
                let point = MapPoint(code: row.int64())
                if line.last != point { line.append(point) }
            }
            return LineSimplification.vertices(line).filter { $0.zoom <= zoom }.map(\.point)
        }
    }
}

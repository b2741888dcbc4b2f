import Domain
import Foundation

/// What vector tiles are drawn from: one range of the place index each.
package struct MapStore: Sendable {
    let engine: any SQLEngine

    /// What is in a tile, for who may see it, all of one moment.
    ///
    /// - Parameter isNeeded: is told the version and says whether it has to be drawn at all.
    /// - Returns: the version, as `version(viewer:)` gives it, and what was drawn.
    package func drawing(
        of tile: MapTile, viewer: Viewer,
        ifNeeded isNeeded: @escaping @Sendable (_ version: String) -> Bool = { _ in true }
    ) async throws -> (version: String, drawing: MapDrawing?) {
        let sight = Sight(viewer)
        return try await engine.read { connection in
            let version = try Self.version(sight, connection)
            guard isNeeded(version) else { return (version, nil) }
            var drawing = MapDrawing()
            for layer in tile.layers {
                switch layer {
                case .grid: drawing.cells = try Self.cells(of: tile, sight, connection)
                case .sequences: drawing.sequences = try Self.sequences(of: tile, sight, connection)
                case .pictures(let most):
                    drawing.pictures = try Self.pictures(of: tile, atMost: most, sight, connection)
                }
            }
            return (version, drawing)
        }
    }

    /// A value that changes whenever any tile of this viewer may have changed (for ETags), and differs between viewers
    /// who may see different things.
    package func version(viewer: Viewer) async throws -> String {
        try await engine.read { try Self.version(Sight(viewer), $0) }
    }

    private static func version(_ sight: Sight, _ connection: any SQLConnection) throws -> String {
        let number = try connection.number("SELECT version FROM map_version WHERE id = 1")
        switch sight.viewer {
        case .guest: return "\(number)-guest"
        case .account(let id, _) where !sight.viewer.seesEverything: return "\(number)-\(id)"
        case .account, .system: return "\(number)-all"
        }
    }

    /// Listed pictures in place order.
    private static func pictures(
        of tile: MapTile, atMost most: Int, _ sight: Sight, _ connection: any SQLConnection
    ) throws -> [MapPicture] {
        let range = Morton.range(z: tile.z, x: tile.x, y: tile.y)
        var thinning = MapThinning(most: most, z: tile.z)
        try connection.each(
            """
            SELECT p.morton, p.captured_at, p.id, p.heading, p.account_id, p.label_id, p.sequence_id, p.type, p.model
            FROM pictures p
            WHERE p.morton >= \(range.lowerBound) AND p.morton < \(range.upperBound)
                AND \(sight.sees(listed: "p"))\(chosen(tile.choice, "p"))
            ORDER BY p.morton
            """
        ) { row in
            let (code, capturedAt) = (row.int64(), row.date())
            try thinning.add(code, capturedAt: capturedAt) {
                MapPicture(
                    id: row.id(), point: MapPoint(code: code), capturedAt: capturedAt, heading: row.optionalDouble(),
                    accountID: row.id(), labelID: row.id(), sequenceID: row.id(), type: try row.word(),
                    model: row.optionalText())
            }
        }
        return thinning.pictures
    }

    /// Number of listed pictures in each cell of zoom `z + 5` inside the tile.
    private static func cells(
        of tile: MapTile, _ sight: Sight, _ connection: any SQLConnection
    ) throws -> [MapCell] {
        let range = Morton.range(z: tile.z, x: tile.x, y: tile.y)
        let zoom = tile.z + 5
        let more: SQLStatement = "p.audience >= \(sight.level(of: "p"))\(chosen(tile.choice, "p"))"
        // Kept counts as long as their cells are fine enough, else the pictures themselves.
        let isKept = zoom <= countedZoom
        let shift = 2 * ((isKept ? countedZoom : Morton.zoom) - zoom)
        let statement: SQLStatement =
            isKept
            ? """
            SELECT p.cell >> \(shift), SUM(p.flat), SUM(p.equirectangular) FROM place_counts p
            WHERE p.cell >= \(range.lowerBound >> countedShift) AND p.cell < \(range.upperBound >> countedShift)
                AND \(more) GROUP BY 1
            """
            : """
            SELECT p.morton >> \(shift), SUM(CASE WHEN p.type = 'flat' THEN 1 ELSE 0 END),
                SUM(CASE WHEN p.type = 'flat' THEN 0 ELSE 1 END) FROM pictures p
            WHERE p.listed = 1 AND p.morton >= \(range.lowerBound) AND p.morton < \(range.upperBound)
                AND \(more) GROUP BY 1
            """
        return try connection.rows(statement) { row in
            let (x, y) = PlaceCell.columnAndRow(row.int64())
            return MapCell(x: x, y: y, flat: row.int(), equirectangular: row.int())
        }
    }

    /// The account and the label that were chosen, as further conditions on `table`.
    static func chosen(_ choice: MapTile.Choice, _ table: StaticString) -> SQLStatement {
        var parts: SQLStatement = ""
        if let account = choice.account { parts += " AND \(raw: table).account_id = \(account)" }
        if let label = choice.label { parts += " AND \(raw: table).label_id = \(label)" }
        return parts
    }

    /// Zoom of the cells of `place_counts`.
    private static let countedZoom = 16
    private static let countedShift = Int64(2 * (Morton.zoom - countedZoom))
}

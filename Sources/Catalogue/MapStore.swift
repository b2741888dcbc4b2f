import Domain
import Foundation

/// What vector tiles are drawn from: one range of the place index each.
package struct MapStore: Sendable {
    let engine: any SQLEngine

    /// Listed pictures inside tile `z/x/y` (at most `limit`, in place order).
    package func pictures(z: Int, x: Int, y: Int, limit: Int, viewer: Viewer) async throws -> [MapPicture] {
        let range = Morton.range(z: z, x: x, y: y)
        return try await engine.read { connection in
            try connection.rows(
                """
                SELECT p.id, p.longitude, p.latitude, p.captured_at, p.heading, p.account_id, p.sequence_id, p.type,
                    p.model
                FROM pictures p
                WHERE p.morton >= \(range.lowerBound) AND p.morton < \(range.upperBound)
                    AND \(Sight(viewer).sees(listed: "p"))
                ORDER BY p.morton LIMIT \(limit)
                """
            ) { row in
                MapPicture(
                    id: row.id(), position: GeoPoint(longitude: row.double(), latitude: row.double()),
                    capturedAt: row.date(), heading: row.optionalDouble(), accountID: row.id(),
                    sequenceID: row.id(), type: try row.word(), model: row.optionalText())
            }
        }
    }

    /// Number of listed pictures in each cell of zoom `z + 5` inside the tile.
    package func grid(z: Int, x: Int, y: Int, viewer: Viewer) async throws -> [MapCell] {
        let range = Morton.range(z: z, x: x, y: y)
        let zoom = z + 5
        let level = Sight(viewer).level(of: "p")
        // Kept counts as long as their cells are fine enough, else the pictures themselves.
        let isKept = zoom <= Self.countedZoom
        let bits = isKept ? Self.countedZoom : Morton.zoom
        let shift = 2 * (bits - zoom)
        let (low, high) =
            isKept
            ? (range.lowerBound >> Self.countedShift, range.upperBound >> Self.countedShift)
            : (range.lowerBound, range.upperBound)
        let statement: SQLStatement =
            isKept
            ? """
            SELECT p.cell >> \(shift), SUM(p.flat), SUM(p.equirectangular) FROM place_counts p
            WHERE p.cell >= \(low) AND p.cell < \(high) AND p.audience >= \(level) GROUP BY 1
            """
            : """
            SELECT p.morton >> \(shift), SUM(CASE WHEN p.type = 'flat' THEN 1 ELSE 0 END),
                SUM(CASE WHEN p.type = 'flat' THEN 0 ELSE 1 END) FROM pictures p
            WHERE p.listed = 1 AND p.morton >= \(low) AND p.morton < \(high) AND p.audience >= \(level) GROUP BY 1
            """
        return try await engine.read { connection in
            try connection.rows(statement) { row in
                let (x, y) = PlaceCell.columnAndRow(row.int64())
                return MapCell(x: x, y: y, flat: row.int(), equirectangular: row.int())
            }
        }
    }

    /// A value that changes whenever any tile of this viewer may have changed (for ETags), and differs between viewers
    /// who may see different things.
    package func version(viewer: Viewer) async throws -> String {
        let number = try await engine.read { try $0.number("SELECT version FROM map_version") }
        switch viewer {
        case .guest: return "\(number)-guest"
        case .account(let id, _) where !viewer.seesEverything: return "\(number)-\(id)"
        case .account, .system: return "\(number)-all"
        }
    }

    /// Zoom of the cells of `place_counts`.
    private static let countedZoom = 16
    private static let countedShift = Int64(2 * (Morton.zoom - countedZoom))
}

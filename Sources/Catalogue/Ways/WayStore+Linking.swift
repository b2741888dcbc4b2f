import Domain
import Foundation

extension WayStore {
    /// Links some pictures to their nearest ways and says how far it came. The links are tags, to be changed as others are.
    ///
    /// - Parameters:
    ///   - last: the picture that an earlier call ended with.
    ///   - limit: how many pictures are looked at.
    /// - Throws: `.conflict` when no extract is loaded.
    package func link(
        _ order: WayLinking, after last: PictureID?, limit: Int, by viewer: Viewer
    ) async throws -> WayLinking.Outcome {
        let moment = Date.now
        return try await engine.write { connection in
            guard let extract = try Self.current(connection) else {
                throw Failure(.conflict, "No ways are loaded; load an extract of OpenStreetMap first.")
            }
            var outcome = WayLinking.Outcome()
            let pictures = try Self.pictures(of: order.scope, after: last, limit: limit, viewer, connection)
            for (id, place) in pictures {
                outcome.looked += 1
                let known = try TagTable(.picture(id)).tags(connection).filter { $0.key == Way.tagKey }
                if !known.isEmpty, !order.replaces {
                    outcome.kept += 1
                    continue
                }
                guard let way = try Self.nearest(to: place, within: order.distance, extract.number, connection) else {
                    continue
                }
                outcome.linked += 1
                let tag = Way(id: way, line: []).tag
                if known == [tag] { continue }
                let changes = known.map { SemanticChange(.delete, $0) } + [SemanticChange(.add, tag)]
                try SemanticStore.apply(changes, to: .picture(id), by: viewer, at: moment, connection)
            }
            outcome.last = pictures.count < limit ? nil : pictures.last?.id
            return outcome
        }
    }

    /// How many pictures there are to look at.
    package func count(_ scope: WayLinking.Scope, viewer: Viewer) async throws -> Int {
        try await engine.read { connection in
            Int(
                try connection.number(
                    """
                    SELECT COUNT(*) FROM pictures p
                    WHERE \(Self.condition(scope)) AND \(Sight(viewer).sees(listed: "p"))
                    """))
        }
    }

    private static func pictures(
        of scope: WayLinking.Scope, after last: PictureID?, limit: Int, _ viewer: Viewer,
        _ connection: any SQLConnection
    ) throws -> [(id: PictureID, place: GeoPoint)] {
        var statement: SQLStatement = """
            SELECT p.id, p.longitude, p.latitude FROM pictures p
            WHERE \(condition(scope)) AND \(Sight(viewer).sees(listed: "p"))
            """
        if let last { statement += " AND p.id > \(last)" }
        statement += " ORDER BY p.id LIMIT \(limit)"
        return try connection.rows(statement) { row in
            (row.id(PictureID.self), GeoPoint(longitude: row.double(), latitude: row.double()))
        }
    }

    private static func condition(_ scope: WayLinking.Scope) -> SQLStatement {
        switch scope {
        case .label(let id): "p.label_id = \(id)"
        case .sequence(let id): "p.sequence_id = \(id)"
        case .uploadSet(let id): "p.upload_set_id = \(id)"
        }
    }

    /// Of two ways as near as each other, the one with the smaller number.
    private static func nearest(
        to place: GeoPoint, within distance: Double, _ extract: Int64, _ connection: any SQLConnection
    ) throws -> Int64? {
        let cells = SQLStatement.list(WayGrid.cells(around: place).map { .integer($0) })
        var best: (distance: Double, way: Int64)?
        try connection.each(
            """
            SELECT way, from_longitude, from_latitude, to_longitude, to_latitude FROM way_pieces
            WHERE extract_id = \(extract) AND cell IN \(cells)
            """
        ) { row in
            let piece = WayPiece(
                way: row.int64(), from: GeoPoint(longitude: row.double(), latitude: row.double()),
                to: GeoPoint(longitude: row.double(), latitude: row.double()))
            let found = (distance: piece.distance(to: place), way: piece.way)
            guard found.distance <= distance else { return }
            if let known = best, (known.distance, known.way) <= (found.distance, found.way) { return }
            best = found
        }
        return best?.way
    }
}

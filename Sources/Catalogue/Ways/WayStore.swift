import Domain
import Foundation

/// Extracts of OpenStreetMap, for administrators. One counts; another is loaded beside it, batch by batch, and takes its
/// place when it is whole.
package struct WayStore: Sendable {
    let engine: any SQLEngine

    /// The one that counts.
    package func current() async throws -> WayExtract? {
        try await engine.read { try Self.current($0) }
    }

    static func current(_ connection: any SQLConnection) throws -> WayExtract? {
        try connection.first(
            "SELECT id, name, loaded_at, ways, west, south, east, north FROM way_extracts WHERE is_current = 1"
        ) { row in
            let (number, name, moment, ways) = (row.int64(), row.text(), row.date(), row.int())
            var corners: [GeoPoint] = []
            if let west = row.optionalDouble(), let south = row.optionalDouble(), let east = row.optionalDouble(),
                let north = row.optionalDouble()
            {
                corners = [GeoPoint(longitude: west, latitude: south), GeoPoint(longitude: east, latitude: north)]
            }
            return WayExtract(
                number: number, name: name, loadedAt: moment, ways: ways, box: BoundingBox(around: corners))
        }
    }

    /// Loads ways and makes them the ones that count. What fails on the way leaves the extract of before.
    package func load(_ ways: [Way], as name: String, by viewer: Viewer, at moment: Date) async throws -> WayExtract {
        let number = try await engine.write { connection in
            try connection.execute("INSERT INTO way_extracts (name, loaded_at) VALUES (\(name), \(moment))")
            return try connection.number("SELECT MAX(id) FROM way_extracts")
        }
        var part = 0
        for batch in ways.parts(of: 500) {
            let first = part
            part += try await engine.write { try Self.insert(batch, from: first, into: number, $0) }
        }
        let box = BoundingBox(around: ways.flatMap(\.line))
        let count = Set(ways.map(\.id)).count
        let extract = try await engine.write { connection in
            try connection.execute("UPDATE way_extracts SET is_current = 0 WHERE is_current = 1")
            try connection.execute(
                """
                UPDATE way_extracts SET is_current = 1, ways = \(count), west = \(box?.west), south = \(box?.south),
                    east = \(box?.east), north = \(box?.north)
                WHERE id = \(number)
                """)
            try AuditStore.insert(
                "ways.loaded", by: viewer, subject: String(number), details: ["name": name, "ways": String(count)],
                at: moment, connection)
            return try Self.current(connection)
        }
        guard let extract else { throw Failure(.internalError, "The loaded ways are not there.") }
        try await tidy(before: number)
        return extract
    }

    /// Takes away what is loaded; links stay.
    package func remove(by viewer: Viewer, at moment: Date) async throws {
        let number = try await engine.write { connection in
            guard let known = try Self.current(connection) else { throw Failure.notFound("extract") }
            try connection.execute("UPDATE way_extracts SET is_current = 0 WHERE is_current = 1")
            try AuditStore.insert(
                "ways.removed", by: viewer, subject: String(known.number), details: ["name": known.name], at: moment,
                connection)
            return known.number
        }
        try await tidy(before: number + 1)
    }

    /// Each piece with its number within the extract; how many there were.
    private static func insert(
        _ ways: ArraySlice<Way>, from first: Int, into extract: Int64, _ connection: any SQLConnection
    ) throws -> Int {
        var count = 0
        for way in ways {
            for (piece, cells) in WayGrid.pieces(of: way) {
                for cell in cells {
                    try connection.execute(
                        """
                        INSERT INTO way_pieces
                            (extract_id, cell, way, part, from_longitude, from_latitude, to_longitude, to_latitude)
                        VALUES (\(extract), \(cell), \(way.id), \(first + count), \(piece.from.longitude),
                            \(piece.from.latitude), \(piece.to.longitude), \(piece.to.latitude))
                        """)
                }
                count += 1
            }
        }
        return count
    }

    /// Removes what does not count any more, a little at a time; a later extract may just be coming.
    private func tidy(before number: Int64) async throws {
        while true {
            let removed = try await engine.write { connection in
                try connection.execute(
                    """
                    DELETE FROM way_pieces WHERE (extract_id, cell, way, part) IN (
                        SELECT extract_id, cell, way, part FROM way_pieces
                        WHERE extract_id IN (
                            SELECT id FROM way_extracts WHERE is_current = 0 AND id < \(number))
                        LIMIT 5000)
                    """)
            }
            if removed == 0 { break }
            try Task.checkCancellation()
        }
        try await engine.write { connection in
            _ = try connection.execute("DELETE FROM way_extracts WHERE is_current = 0 AND id < \(number)")
        }
    }
}

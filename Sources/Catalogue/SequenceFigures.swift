import Domain
import Foundation

/// What a sequence amounts to for each audience, kept true in the transaction that changes its pictures.
enum SequenceFigures {
    /// Counts everything anew, for each audience.
    static func refresh(_ id: SequenceID, at moment: Date, _ connection: any SQLConnection) throws {
        var totals = [SequenceTotal?](repeating: nil, count: 3)
        try connection.each(
            """
            SELECT audience, longitude, latitude, captured_at, type, make, model FROM pictures
            WHERE listed = 1 AND sequence_id = \(id) ORDER BY rank
            """
        ) { row in
            let audience = row.int()
            let step = SequenceTotal(
                first: GeoPoint(longitude: row.double(), latitude: row.double()), capturedAt: row.date(),
                type: row.optionalText(), make: row.optionalText(), model: row.optionalText())
            for level in 0...audience { totals[level] = totals[level]?.continued(by: step) ?? step }
        }
        try connection.execute("DELETE FROM sequence_figures WHERE sequence_id = \(id)")
        for (level, total) in totals.enumerated() {
            if let total { try insert(total, id, level: level, connection) }
        }
        try connection.execute("UPDATE sequences SET updated_at = \(moment) WHERE id = \(id)")
        try SequenceLines.refresh(id, connection)
    }

    /// Counts anew, or deletes the sequence when it holds no picture at all and was not made before its pictures; while
    /// pictures of it can be taken back, it is merely away.
    static func refreshOrDelete(_ id: SequenceID, at moment: Date, _ connection: any SQLConnection) throws {
        if try connection.exists("SELECT 1 FROM pictures WHERE sequence_id = \(id)") {
            try refresh(id, at: moment, connection)
        } else if try connection.exists("SELECT 1 FROM removal_pictures WHERE sequence_id = \(id)") {
            try connection.execute("UPDATE sequences SET is_away = 1 WHERE id = \(id) AND is_kept = 0")
            try refresh(id, at: moment, connection)
        } else {
            let count = try connection.execute("DELETE FROM sequences WHERE id = \(id) AND is_kept = 0")
            if count == 0 { try refresh(id, at: moment, connection) }
        }
    }

    /// A picture has become listed: the figures grow by it alone, so that a long sequence is not read for each picture.
    static func add(
        _ tags: PictureTags, rank: Int, audience: Int, to id: SequenceID, at moment: Date,
        _ connection: any SQLConnection
    ) throws {
        let step = SequenceTotal(
            first: tags.position, capturedAt: tags.capturedAt, type: tags.type.rawValue, make: tags.make,
            model: tags.model)
        for level in 0...audience {
            guard let known = try total(of: id, level: level, connection) else {
                try insert(step, id, level: level, connection)
                continue
            }
            let before = try neighbour(of: id, "rank < \(rank)", "ORDER BY rank DESC", level, connection)
            let after = try neighbour(of: id, "rank > \(rank)", "ORDER BY rank", level, connection)
            let total = known.joined(by: step, between: before, and: after)
            try connection.execute("DELETE FROM sequence_figures WHERE sequence_id = \(id) AND audience = \(level)")
            try insert(total, id, level: level, connection)
        }
        try connection.execute("UPDATE sequences SET updated_at = \(moment) WHERE id = \(id)")
        try SequenceLines.refresh(id, connection)
    }

    private static func neighbour(
        of id: SequenceID, _ side: SQLStatement, _ order: SQLStatement, _ level: Int, _ connection: any SQLConnection
    ) throws -> GeoPoint? {
        try connection.first(
            """
            SELECT longitude, latitude FROM pictures
            WHERE listed = 1 AND sequence_id = \(id) AND \(side) AND audience >= \(level) \(order) LIMIT 1
            """
        ) { GeoPoint(longitude: $0.double(), latitude: $0.double()) }
    }

    private static func total(
        of id: SequenceID, level: Int, _ connection: any SQLConnection
    ) throws -> SequenceTotal? {
        try connection.first(
            """
            SELECT pictures, west, south, east, north, captured_from, captured_to, length, type, make, model
            FROM sequence_figures WHERE sequence_id = \(id) AND audience = \(level)
            """
        ) { row in
            SequenceTotal(
                pictures: row.int(),
                box: BoundingBox(west: row.double(), south: row.double(), east: row.double(), north: row.double()),
                capturedFrom: row.date(), capturedTo: row.date(), length: row.double(), type: row.optionalText(),
                make: row.optionalText(), model: row.optionalText())
        }
    }

    private static func insert(
        _ total: SequenceTotal, _ id: SequenceID, level: Int, _ connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            INSERT INTO sequence_figures
                (sequence_id, audience, pictures, west, south, east, north, captured_from, captured_to, length,
                type, make, model)
            VALUES (\(id), \(level), \(total.pictures), \(total.box.west), \(total.box.south), \(total.box.east),
                \(total.box.north), \(total.capturedFrom), \(total.capturedTo), \(total.length), \(total.type),
                \(total.make), \(total.model))
            """)
    }
}

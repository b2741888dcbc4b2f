import Domain
import Foundation

/// The kept lines of sequences. A change of a picture takes its sequence's lines away (by trigger); they are drawn anew
/// here once none of its pictures is still to come.
enum SequenceLines {
    /// Draws the lines of a sequence, unless they hold already or pictures are still to come.
    static func refresh(_ id: SequenceID, _ connection: any SQLConnection) throws {
        guard try !isDrawn(id, connection), try !isGrowing(id, connection) else { return }
        var lines = [[MapPoint]](repeating: [], count: 3)
        var used: Set<Int> = []
        try connection.each(
            "SELECT audience, morton FROM pictures WHERE listed = 1 AND sequence_id = \(id) ORDER BY rank"
        ) { row in
            let audience = row.int()
            let point = MapPoint(code: row.int64())
            used.insert(audience)
            for level in 0...audience where lines[level].last != point { lines[level].append(point) }
        }
        for level in used {
            let vertices = LineSimplification.vertices(lines[level])
            let overview = SequenceLine.encode(vertices, upTo: SequenceLine.overviewZoom)
            let line = SequenceLine.encode(vertices, upTo: LineSimplification.finest)
            try connection.execute(
                """
                INSERT INTO sequence_lines (sequence_id, audience, overview, line)
                VALUES (\(id), \(level), \(SQLValue.blob(overview)), \(SQLValue.blob(line)))
                """)
        }
    }

    private static func isDrawn(_ id: SequenceID, _ connection: any SQLConnection) throws -> Bool {
        try connection.exists("SELECT 1 FROM sequence_lines WHERE sequence_id = \(id)")
    }

    private static func isGrowing(_ id: SequenceID, _ connection: any SQLConnection) throws -> Bool {
        try connection.exists(
            """
            SELECT 1 FROM pictures
            WHERE listed = 0 AND sequence_id = \(id) AND status IN ('waiting', 'preparing') LIMIT 1
            """)
    }
}

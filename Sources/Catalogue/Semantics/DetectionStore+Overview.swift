import Domain
import Foundation

/// What models have found on this server, for administrators.
extension DetectionStore {
    /// How many findings of each model there are, by class.
    package func counts() async throws -> [String: [String: Int]] {
        try await engine.read { connection in
            var counts: [String: [String: Int]] = [:]
            try connection.each("SELECT model, class, COUNT(*) FROM detections GROUP BY class, model") { row in
                let (model, name) = (row.text(), row.text())
                counts[model, default: [:]][name] = row.int()
            }
            return counts
        }
    }

    /// Of how many pictures each model could not be run on in the end.
    package func failures() async throws -> [String: Int] {
        try await engine.read { connection in
            var counts: [String: Int] = [:]
            try connection.each("SELECT model, COUNT(*) FROM detection_failures GROUP BY model") { row in
                let model = row.text()
                counts[model] = row.int()
            }
            return counts
        }
    }

    /// How far each label that has pictures is with faces and plates. The counts come from indexes.
    package func looking() async throws -> [LookingState] {
        try await engine.read { connection in
            let waiting = try Self.table(
                """
                SELECT p.label_id, COUNT(*) FROM redaction_runs r JOIN pictures p ON p.id = r.picture_id
                WHERE p.erased_at IS NULL AND p.status <> 'broken' GROUP BY p.label_id
                """, connection)
            let asked = try Self.table(
                "SELECT subject, MAX(at) FROM audit WHERE action = 'redaction.rerun' GROUP BY subject", connection)
            return try connection.rows(
                "SELECT p.label_id, COUNT(*) FROM pictures p WHERE p.listed = 1 GROUP BY p.label_id"
            ) { row in
                let (label, count) = (row.id(CameraLabelID.self), row.int())
                return LookingState(
                    label: label, pictures: count, waiting: Int(waiting[label.string] ?? 0),
                    askedAt: asked[label.string].map { SQLValue.date(microseconds: $0) })
            }
        }
    }

    private static func table(
        _ statement: SQLStatement, _ connection: any SQLConnection
    ) throws -> [String: Int64] {
        var table: [String: Int64] = [:]
        try connection.each(statement) { row in
            let key = row.text()
            table[key] = row.int64()
        }
        return table
    }
}

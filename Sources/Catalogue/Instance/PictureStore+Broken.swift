import Domain
import Foundation

/// Pictures of all sets that were given up on: for administrators.
extension PictureStore {
    /// The newest first; keyset `after`.
    package func broken(after last: BrokenRow? = nil, limit: Int) async throws -> [BrokenRow] {
        let condition: SQLStatement =
            last.map { "(p.created_at < \($0.createdAt) OR (p.created_at = \($0.createdAt) AND p.id > \($0.id)))" }
            ?? "1 = 1"
        return try await engine.read { connection in
            try connection.rows(
                """
                SELECT p.id, p.upload_set_id, l.name, p.original_name, p.broken_reason,
                    p.staged_name IS NOT NULL OR p.derivatives <> '[]', p.created_at
                FROM pictures p JOIN camera_labels l ON l.id = p.label_id
                WHERE p.status = 'broken' AND p.erased_at IS NULL AND \(condition)
                ORDER BY p.created_at DESC, p.id LIMIT \(limit)
                """
            ) { row in
                BrokenRow(
                    id: row.id(), uploadSetID: row.id(), label: row.text(), name: row.text(),
                    reason: row.optionalText() ?? "", canRetry: row.bool(), createdAt: row.date())
            }
        }
    }

    /// How many there are.
    package func brokenCount() async throws -> Int {
        try await engine.read { connection in
            Int(
                try connection.number(
                    "SELECT COUNT(*) FROM pictures p WHERE p.status = 'broken' AND p.erased_at IS NULL"))
        }
    }
}

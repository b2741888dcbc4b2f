import Domain
import Foundation

extension FigureStore {
    /// How many pictures of each label have come on each day, by name; labels without any are left out.
    ///
    /// Each day of each label is one range of an index: nothing is sorted, and no row is read.
    package func arrivals(_ span: DaySpan) async throws -> [DailyCount] {
        let day: Int64 = 86_400_000_000
        return try await engine.read { connection in
            let labels: [(CameraLabelID, String)] = try connection.rows(
                """
                SELECT l.id, l.name FROM camera_labels l WHERE EXISTS (
                    SELECT 1 FROM pictures p WHERE p.label_id = l.id AND p.erased_at IS NULL AND p.created_at >= \(span.start) AND p.created_at < \(span.end))
                ORDER BY l.name_key
                """
            ) { ($0.id(), $0.text()) }
            return try labels.map { id, name in
                let counts = try connection.rows(
                    """
                    WITH RECURSIVE r (n, start) AS (
                        SELECT 1, \(span.start) UNION ALL SELECT n + 1, start + \(day) FROM r WHERE n < \(span.days))
                    SELECT (
                        SELECT COUNT(*) FROM pictures p WHERE p.label_id = \(id) AND p.erased_at IS NULL
                        AND p.created_at >= r.start AND p.created_at < r.start + \(day))
                    FROM r ORDER BY r.n
                    """
                ) { $0.int() }
                return DailyCount(labelID: id, label: name, pictures: counts)
            }
        }
    }
}

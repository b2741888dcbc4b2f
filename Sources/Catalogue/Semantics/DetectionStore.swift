import Domain
import Foundation

/// What models found, and the queue of those that are asked again.
package struct DetectionStore: Sendable {
    let engine: any SQLEngine

    /// Queues a run of the model on every prepared picture of the scope, once each; how many. What is queued for the
    /// same picture and model already is begun afresh.
    package func queue(_ model: String, on scope: PictureScope, at moment: Date) async throws -> Int {
        let chosen = Self.chosen(scope)
        return try await engine.write { connection in
            try connection.execute(
                """
                DELETE FROM jobs WHERE step = \(JobKind.detect.rawValue)
                    AND subject IN (SELECT p.id || '/' || \(model) FROM pictures p WHERE \(chosen))
                """)
            try connection.execute(
                """
                DELETE FROM detection_failures
                WHERE model = \(model) AND picture_id IN (SELECT p.id FROM pictures p WHERE \(chosen))
                """)
            return try connection.execute(
                """
                INSERT INTO jobs (step, subject, priority, due_at, created_at)
                SELECT \(JobKind.detect.rawValue), p.id || '/' || \(model), \(JobKind.detect.priority), \(moment),
                    \(moment)
                FROM pictures p WHERE \(chosen)
                """)
        }
    }

    /// How many pictures still wait for the model.
    package func waiting(for model: String) async throws -> Int {
        try await engine.read { connection in
            Int(
                try connection.number(
                    """
                    SELECT COUNT(*) FROM jobs
                    WHERE priority = \(JobKind.detect.priority) AND step = \(JobKind.detect.rawValue)
                        AND SUBSTR(subject, 38) = \(model)
                    """))
        }
    }

    /// The run is done: the model's findings replace those it had before. Ends the job; throws `.conflict`, and changes
    /// nothing, when its lease has been lost.
    package func detected(_ findings: ModelFindings, on picture: PictureID, ending job: Job) async throws {
        let moment = Date.now
        try await engine.write { connection in
            try JobTable.end(job, connection)
            let isThere = try connection.exists("SELECT 1 FROM pictures WHERE id = \(picture) AND erased_at IS NULL")
            guard isThere else { return }
            try AnnotationTable.replace([findings], of: picture, at: moment, connection)
            try SemanticStore.touch(.picture(picture), at: moment, connection)
        }
    }

    /// The run is given up; what the model had found before stays. Ends the job.
    package func failed(_ model: String, on picture: PictureID, reason: String, ending job: Job) async throws {
        let moment = Date.now
        try await engine.write { connection in
            try JobTable.end(job, connection)
            try connection.execute(
                """
                INSERT INTO detection_failures (picture_id, model, reason, failed_at)
                SELECT id, \(model), \(reason), \(moment) FROM pictures WHERE id = \(picture)
                ON CONFLICT (picture_id, model) DO UPDATE
                SET reason = excluded.reason, failed_at = excluded.failed_at
                """)
        }
    }

    /// Of the choice: on how many pictures the model could not be run, by reason.
    package func failures(of model: String, on scope: PictureScope) async throws -> [String: Int] {
        try await engine.read { connection in
            var reasons: [String: Int] = [:]
            try connection.each(
                """
                SELECT f.reason, COUNT(*) FROM detection_failures f JOIN pictures p ON p.id = f.picture_id
                WHERE f.model = \(model) AND \(Self.chosen(scope)) GROUP BY f.reason
                """
            ) { row in
                let reason = row.text()
                reasons[reason] = row.int()
            }
            return reasons
        }
    }

    /// Of the choice: how many findings of the model there are, by class.
    package func counts(of model: String, on scope: PictureScope) async throws -> [String: Int] {
        try await engine.read { connection in
            var counts: [String: Int] = [:]
            try connection.each(
                """
                SELECT d.class, COUNT(*) FROM pictures p JOIN detections d ON d.picture_id = p.id
                WHERE \(Self.chosen(scope)) AND d.model = \(model) GROUP BY d.class
                """
            ) { row in
                let name = row.text()
                counts[name] = row.int()
            }
            return counts
        }
    }

    private static func chosen(_ scope: PictureScope) -> SQLStatement {
        "\(scope.condition) AND p.status = 'prepared' AND p.erased_at IS NULL"
    }
}

import Domain
import Foundation

/// The queue as administrators look at it.
extension JobStore {
    /// By number; keyset `after`.
    ///
    /// - Parameters:
    ///   - isFailing: only those that were tried in vain.
    ///   - reason: only those that failed of it.
    package func list(
        isFailing: Bool = false, reason: String? = nil, after last: JobID = 0, limit: Int
    ) async throws -> [JobRow] {
        try await engine.read { connection in
            try connection.rows(
                """
                SELECT id, step, subject, attempts, due_at, worker IS NOT NULL, last_error, created_at FROM jobs
                WHERE id > \(last) AND \(Self.condition(isFailing, reason)) ORDER BY id LIMIT \(limit)
                """
            ) { row in
                JobRow(
                    id: row.int64(), step: row.text(), subject: row.text(), attempts: row.int(), dueAt: row.date(),
                    isClaimed: row.bool(), lastError: row.optionalText(), createdAt: row.date())
            }
        }
    }

    /// Lets a job that waits after a failed try be tried at once. Throws `.notFound`, and `.conflict` while it is worked on.
    package func hurry(_ id: JobID, by viewer: Viewer, at moment: Date) async throws {
        try await engine.write { connection in
            guard
                let isClaimed = try connection.first(
                    "SELECT worker IS NOT NULL FROM jobs WHERE id = \(id)", { $0.bool() })
            else { throw Failure.notFound("job") }
            guard !isClaimed else { throw Failure(.conflict, "This job is being worked on now.") }
            try connection.execute("UPDATE jobs SET due_at = \(moment) WHERE id = \(id) AND due_at > \(moment)")
            try AuditStore.insert("job.retried", by: viewer, subject: "\(id)", details: [:], at: moment, connection)
        }
    }

    /// As `hurry`, all that wait after a failed try; those of one reason, or of any. How many.
    package func hurryAll(reason: String?, by viewer: Viewer, at moment: Date) async throws -> Int {
        try await engine.write { connection in
            let count = try connection.execute(
                "UPDATE jobs SET due_at = \(moment) WHERE worker IS NULL AND \(Self.condition(true, reason))")
            if count > 0 {
                try AuditStore.insert(
                    "job.retried", by: viewer, subject: "jobs", details: ["count": "\(count)"], at: moment, connection)
            }
            return count
        }
    }

    private static func condition(_ isFailing: Bool, _ reason: String?) -> SQLStatement {
        if let reason { return "last_error = \(reason) AND last_error IS NOT NULL" }
        return isFailing ? "last_error IS NOT NULL" : "1 = 1"
    }
}

import Domain
import Foundation

/// The queue. A claim counts the attempt and takes a lease; a lease that runs out makes the job claimable again.
package struct JobStore: Sendable {
    let engine: any SQLEngine

    /// Claims up to `limit` due jobs but for those in `held`, `erase` and `dispatch` first, then `redact`, `inspect`, `develop`, `rerun` and
    /// `detect`, each oldest first; not `conceal`, which has a worker of its own.
    ///
    /// - Parameter held: what this worker is doing. Its leases may have run out, of a machine that slept or a disk that was
    ///   slow: claimed once more, the work would lose its job, which nobody did until that lease ended too.
    package func claim(
        worker: String, limit: Int, now: Date, lease: TimeInterval, besides held: [JobID] = []
    ) async throws -> [Job] {
        try await claim(JobKind.allCases.filter { $0 != .conceal }, worker, limit, now, lease, held)
    }

    /// Claims up to `limit` due `conceal` jobs but for those in `held`, oldest first.
    package func claimConcealing(
        worker: String, limit: Int, now: Date, lease: TimeInterval, besides held: [JobID] = []
    ) async throws -> [Job] {
        try await claim([.conceal], worker, limit, now, lease, held)
    }

    private func claim(
        _ kinds: [JobKind], _ worker: String, _ limit: Int, _ now: Date, _ lease: TimeInterval, _ held: [JobID]
    ) async throws -> [Job] {
        let until = now.addingTimeInterval(lease)
        return try await engine.write { connection in
            var jobs: [Job] = []
            for kind in kinds where jobs.count < limit {
                jobs += try Self.due(
                    kind, limit: limit - jobs.count, now: now, lease: until, besides: held, connection)
            }
            for job in jobs {
                try connection.execute(
                    """
                    UPDATE jobs SET attempts = \(job.attempt), due_at = \(until), worker = \(worker)
                    WHERE id = \(job.id)
                    """)
            }
            return jobs
        }
    }

    /// False when the lease has been lost.
    package func renew(_ job: Job, worker: String, until: Date) async throws -> Bool {
        try await engine.write { connection in
            try connection.execute(
                """
                UPDATE jobs SET due_at = \(until)
                WHERE id = \(job.id) AND attempts = \(job.attempt) AND worker = \(worker)
                """) == 1
        }
    }

    /// Puts a job back for another try. Throws `.conflict` when the lease has been lost.
    package func retry(_ job: Job, at moment: Date, error: String) async throws {
        try await engine.write { connection in
            let count = try connection.execute(
                """
                UPDATE jobs SET worker = NULL, due_at = \(moment), last_error = \(error)
                WHERE \(JobTable.isHeld(job))
                """)
            guard count == 1 else { throw JobTable.lostLease }
        }
    }

    /// Puts a job back for another try, for a reason that it cannot help: the attempt does not count. Throws `.conflict`
    /// when the lease has been lost.
    package func postpone(_ job: Job, until moment: Date, reason: String) async throws {
        try await engine.write { connection in
            let count = try connection.execute(
                """
                UPDATE jobs SET worker = NULL, due_at = \(moment), attempts = attempts - 1, last_error = \(reason)
                WHERE \(JobTable.isHeld(job))
                """)
            guard count == 1 else { throw JobTable.lostLease }
        }
    }

    /// Puts a claimed job back without counting the attempt (shutdown). Throws `.conflict` when the lease has been lost.
    package func release(_ job: Job) async throws {
        try await engine.write { connection in
            let count = try connection.execute(
                """
                UPDATE jobs SET worker = NULL, due_at = created_at, attempts = attempts - 1
                WHERE \(JobTable.isHeld(job))
                """)
            guard count == 1 else { throw JobTable.lostLease }
        }
    }

    /// Ends a job whose subject is gone. Throws `.conflict` when the lease has been lost.
    package func drop(_ job: Job) async throws {
        try await engine.write { try JobTable.end(job, $0) }
    }

    /// At start: the leases of workers of an earlier run (`worker` not in `alive`) are given up at once.
    package func reclaim(except worker: String, now: Date) async throws -> Int {
        try await engine.write { connection in
            try connection.execute(
                "UPDATE jobs SET worker = NULL, due_at = \(now) WHERE worker IS NOT NULL AND worker <> \(worker)")
        }
    }

    /// When the next job falls due (a claimed one: when its lease runs out); nil when the queue is empty.
    package func nextDue(now: Date) async throws -> Date? {
        try await engine.read { connection in
            try connection.first("SELECT MIN(due_at) FROM jobs") { $0.optionalDate() } ?? nil
        }
    }

    /// The number of jobs by step (`erase`, `dispatch`, `inspect` …); steps without any are left out.
    package func counts() async throws -> [String: Int] {
        try await engine.read { connection in
            var counts: [String: Int] = [:]
            try connection.each("SELECT step, COUNT(*) FROM jobs GROUP BY step") { row in
                let step = row.text()
                counts[step] = row.int()
            }
            return counts
        }
    }

    /// What the jobs that wait for another try failed of, the most frequent first.
    package func setbacks(limit: Int = 10) async throws -> [JobSetback] {
        try await engine.read { connection in
            try connection.rows(
                """
                SELECT last_error, COUNT(*) FROM jobs WHERE last_error IS NOT NULL
                GROUP BY last_error ORDER BY COUNT(*) DESC, last_error LIMIT \(limit)
                """
            ) { row in JobSetback(reason: row.text(), jobs: row.int()) }
        }
    }

    private static func due(
        _ kind: JobKind, limit: Int, now: Date, lease: Date, besides held: [JobID], _ connection: any SQLConnection
    ) throws -> [Job] {
        let others: SQLStatement =
            held.isEmpty ? "1 = 1" : "id NOT IN \(SQLStatement.list(held.map { .integer($0) }))"
        return try connection.rows(
            """
            SELECT id, subject, attempts FROM jobs
            WHERE priority = \(kind.priority) AND due_at <= \(now) AND \(others)
            ORDER BY due_at, id LIMIT \(limit)
            """
        ) { row in
            Job(id: row.int64(), step: kind.step(subject: row.text()), attempt: row.int() + 1, leaseUntil: lease)
        }
    }
}

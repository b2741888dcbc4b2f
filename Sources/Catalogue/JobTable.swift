import Domain
import Foundation

/// What transitions do to the queue, inside their own transaction.
enum JobTable {
    static let lostLease = Failure(
        .conflict, "The lease of this job has been lost.", details: ["reason": "lost_lease"])

    /// True of the job's row while this very claim holds it.
    static func isHeld(_ job: Job) -> SQLStatement {
        "id = \(job.id) AND attempts = \(job.attempt) AND worker IS NOT NULL"
    }

    /// Ends a claimed job; throws `.conflict`, so that the whole transition changes nothing, when the lease was lost.
    static func end(_ job: Job, _ connection: any SQLConnection) throws {
        let subject = job.step.subject
        let count = try connection.execute("DELETE FROM jobs WHERE \(isHeld(job)) AND subject = \(subject)")
        guard count == 1 else { throw lostLease }
    }

    /// Queues a step afresh. One that is there already, claimed or not, is replaced: its worker has seen an older state
    /// and loses its lease.
    static func queue(_ step: Job.Step, at moment: Date, _ connection: any SQLConnection) throws {
        try remove(step, connection)
        let kind = JobKind(step)
        try connection.execute(
            """
            INSERT INTO jobs (step, subject, priority, due_at, created_at)
            VALUES (\(kind.rawValue), \(step.subject), \(kind.priority), \(moment), \(moment))
            """)
    }

    /// Whether a step is in the queue, claimed or not.
    static func has(_ step: Job.Step, _ connection: any SQLConnection) throws -> Bool {
        try connection.exists("SELECT 1 FROM jobs WHERE step = \(JobKind(step).rawValue) AND subject = \(step.subject)")
    }

    /// Takes a step out of the queue; a worker that has it loses its lease.
    static func remove(_ step: Job.Step, _ connection: any SQLConnection) throws {
        try connection.execute("DELETE FROM jobs WHERE step = \(JobKind(step).rawValue) AND subject = \(step.subject)")
    }
}

extension Failure {
    /// Whether somebody else has the job, or it was taken away; any other conflict is a fault of the work itself.
    package var isLostLease: Bool { code == .conflict && details["reason"] == JobTable.lostLease.details["reason"] }
}

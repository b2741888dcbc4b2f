import Domain
import Synchronization

/// The jobs this process has claimed and not yet ended.
final class HeldJobs: Sendable {
    private let jobs = Mutex<[JobID: Job]>([:])

    /// False when the job is held already (its lease ran out while it was in work): then it is to be left alone.
    func add(_ job: Job) -> Bool {
        jobs.withLock { jobs in
            guard jobs[job.id] == nil else { return false }
            jobs[job.id] = job
            return true
        }
    }

    func remove(_ job: Job) { jobs.withLock { $0[job.id] = nil } }

    /// Replaces a job by itself with a later lease, if it is still held.
    func renewed(_ job: Job) { jobs.withLock { if $0[job.id] != nil { $0[job.id] = job } } }

    var all: [Job] { jobs.withLock { Array($0.values) } }

    /// Whether another job holds the same picture.
    func isBusy(_ picture: PictureID, besides job: Job) -> Bool {
        jobs.withLock { jobs in jobs.values.contains { $0.id != job.id && $0.step.picture == picture } }
    }
}

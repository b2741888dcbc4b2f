import Domain
import Synchronization

/// How often jobs of this run were put back for a reason that no picture can help.
///
/// Kept apart from a job's attempts, which are the picture's own: who has waited for a model for hours, and then sees a
/// child killed, has failed once. A new run starts afresh, and tries at once.
final class Setbacks: Sendable {
    private let counts = Mutex<[JobID: Int]>([:])

    /// Counts one more; how many it has been with this.
    func add(_ job: Job) -> Int {
        counts.withLock { counts in
            counts[job.id, default: 0] += 1
            return counts[job.id, default: 0]
        }
    }

    func forget(_ job: Job) { counts.withLock { $0[job.id] = nil } }
}

import Domain
import Synchronization

/// Whose the bucket is known to be: a server writes into none and deletes from none before it has found its name there.
///
/// A bucket that does not answer stops no start; once it does it may be another server's, whose pictures this one's
/// janitor would take for left over.
final class BucketClaim: Sendable {
    private struct State {
        /// Nil where nobody has to be: a command that is told what to do.
        var owner: String?
        var isFound = false
    }

    private let state = Mutex(State())

    /// From now on nothing is changed before the bucket was found to be this one's.
    func require(_ owner: String) {
        state.withLock { state in
            if state.owner != owner { state = State(owner: owner) }
        }
    }

    /// What was found when it was last looked.
    func found(_ owner: String, isMine: Bool) {
        state.withLock { state in
            if state.owner == owner { state.isFound = isMine }
        }
    }

    /// The name that is still to be found.
    var open: String? { state.withLock { $0.isFound ? nil : $0.owner } }
}

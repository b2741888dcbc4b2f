import Foundation
import Synchronization

/// Slows claiming down while everything fails for a reason that no picture can help (a full disk, no darkroom), so that
/// a long queue is not chewed through in vain.
final class Brake: Sendable {
    private struct State {
        var failures = 0
        var until = Date.distantPast
    }

    private let state = Mutex(State())

    /// Seconds still to wait; zero when nothing is wrong.
    func wait(at moment: Date) -> TimeInterval {
        state.withLock { max(0, $0.until.timeIntervalSince(moment)) }
    }

    /// The first few failures may be bad luck; then the wait doubles, up to a minute.
    func pull(at moment: Date) {
        state.withLock { state in
            state.failures += 1
            guard state.failures > 4 else { return }
            state.until = moment + min(60, pow(2, Double(state.failures - 5)))
        }
    }

    func release() { state.withLock { $0 = State() } }
}

import Domain
import Synchronization

/// One after the other, in the order of asking.
package final class Turn: Sendable {
    private struct State {
        var isTaken: Bool
        var last: UInt64 = 0
        var waiting: [(number: UInt64, continuation: CheckedContinuation<Void, any Error>)] = []
    }

    private let state: Mutex<State>

    package init(isTaken: Bool = false) { state = Mutex(State(isTaken: isTaken)) }

    /// Waits until nobody has it. To be given back; throws, and then it is not.
    ///
    /// - Parameter most: how many may wait at once.
    /// - Throws: `CancellationError`; `.unavailable` when so many wait already.
    package func take(behindAtMost most: Int = .max) async throws {
        let number = state.withLock { state in
            state.last += 1
            return state.last
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer = state.withLock { state -> Result<Void, any Error>? in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.isTaken {
                        guard state.waiting.count < most else { return .failure(Self.tooMany) }
                        state.waiting.append((number, continuation))
                        return nil
                    }
                    state.isTaken = true
                    return .success(())
                }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            let gone = state.withLock { state in
                state.waiting.firstIndex { $0.number == number }.map { state.waiting.remove(at: $0) }
            }
            gone?.continuation.resume(throwing: CancellationError())
        }
    }

    private static let tooMany = Failure(
        .unavailable, "Too many wait for the same thing just now. Try again in a few seconds.",
        details: ["retry_after": "5"])

    package func giveBack() {
        let next = state.withLock { state in
            if state.waiting.isEmpty {
                state.isTaken = false
                return nil as CheckedContinuation<Void, any Error>?
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume()
    }
}

import Synchronization

/// How much of a request's body has been read by whoever answers it.
final class BodyWatch: Sendable {
    private struct State {
        var hasBegun = false
        var isOver = false
        var read: Int64 = 0
    }

    private let state = Mutex(State())
    /// `Content-Length`; nil for a body without an announced end.
    private let announced: Int64?

    init(announced: Int64?) { self.announced = announced }

    var hasBegun: Bool { state.withLock { $0.hasBegun } }

    /// Bytes that are still to come; nil when nobody knows.
    var remaining: Int64? {
        let state = state.withLock { $0 }
        if state.isOver { return 0 }
        return announced.map { max(0, $0 - state.read) }
    }

    /// True the first time.
    func begin() -> Bool {
        state.withLock { state in
            defer { state.hasBegun = true }
            return !state.hasBegun
        }
    }

    /// - Parameter count: bytes; nil at the end.
    func note(_ count: Int?) {
        state.withLock { state in
            if let count { state.read += Int64(count) } else { state.isOver = true }
        }
    }
}

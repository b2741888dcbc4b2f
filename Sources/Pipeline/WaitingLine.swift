import Synchronization

/// A queue between tasks: several put in, several wait to take out.
package final class WaitingLine<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var waiting: [CheckedContinuation<Element?, Never>] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let isUrgent: @Sendable (Element) -> Bool

    /// Urgent elements are taken before the others, each kind in order.
    package init(urgent: @escaping @Sendable (Element) -> Bool = { _ in false }) {
        isUrgent = urgent
    }

    /// How many elements wait for a taker.
    package var count: Int { state.withLock { $0.elements.count } }

    /// False when the line is closed: the element was not taken in.
    package func append(_ element: Element) -> Bool {
        let (taken, taker) = state.withLock { state -> (Bool, CheckedContinuation<Element?, Never>?) in
            guard !state.isClosed else { return (false, nil) }
            guard state.waiting.isEmpty else { return (true, state.waiting.removeFirst()) }
            let place = isUrgent(element) ? state.elements.firstIndex { !isUrgent($0) } : nil
            state.elements.insert(element, at: place ?? state.elements.endIndex)
            return (true, nil)
        }
        taker?.resume(returning: element)
        return taken
    }

    /// The next element; waits for one. Nil once the line is closed (it does not look at cancellation).
    package func next() async -> Element? {
        await withCheckedContinuation { continuation in
            let ready = state.withLock { state -> Element?? in
                if state.isClosed { return .some(nil) }
                guard state.elements.isEmpty else { return state.elements.removeFirst() }
                state.waiting.append(continuation)
                return nil
            }
            if let ready { continuation.resume(returning: ready) }
        }
    }

    /// Sends everybody who waits away; returns what nobody has taken.
    @discardableResult
    package func close() -> [Element] {
        let (left, waiting) = state.withLock { state in
            state.isClosed = true
            defer {
                state.elements = []
                state.waiting = []
            }
            return (state.elements, state.waiting)
        }
        for taker in waiting { taker.resume(returning: nil) }
        return left
    }
}

import Foundation
import Synchronization

/// A bar on standard error while long work goes on; silent when nobody looks.
final class ProgressBar: Sendable {
    private let total: Int
    private let isShown = Console.isInteractive
    private let state = Mutex((done: 0, drawn: -1))

    init(total: Int) { self.total = max(1, total) }

    /// One more is done.
    func advance(by count: Int = 1) {
        guard isShown else { return }
        state.withLock { state in
            state.done += count
            let permille = state.done * 1000 / total
            guard permille != state.drawn else { return }
            state.drawn = permille
            let filled = min(30, permille * 30 / 1000)
            let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: 30 - filled)
            Console.write("\r\(bar) \(permille / 10) %  \(state.done) of \(total) ")
        }
    }

    /// Removes the bar from the line.
    func end() {
        if isShown { Console.write("\r\u{1B}[K") }
    }
}

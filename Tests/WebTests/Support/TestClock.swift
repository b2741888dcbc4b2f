import Foundation
import Synchronization

/// A clock that stands still until a test moves it.
final class TestClock: Sendable {
    private let moment = Mutex(Date(timeIntervalSince1970: Date.now.timeIntervalSince1970.rounded(.down)))

    var now: Date { moment.withLock { $0 } }

    func advance(by seconds: TimeInterval) { moment.withLock { $0 = $0.addingTimeInterval(seconds) } }

    /// For what asks for a closure.
    var read: @Sendable () -> Date { { self.now } }
}

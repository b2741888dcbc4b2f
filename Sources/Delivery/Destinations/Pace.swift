import Domain
import Foundation
import Synchronization

/// So many bytes a second and no more, over all files of one destination.
package final class Pace: Sendable {
    /// Bytes a second.
    package let rate: Int
    private let clock: ServiceClock
    /// When the bytes that were let through so far are sent, seconds of the clock.
    private let busyUntil = Mutex(0.0)

    package init(rate: Int, clock: ServiceClock = .system) {
        self.rate = rate
        self.clock = clock
    }

    /// Returns when so many bytes more may be sent. Throws `CancellationError`.
    package func pass(_ bytes: Int) async throws {
        let now = clock.now().timeIntervalSince1970
        let wait = busyUntil.withLock { end in
            let start = max(now, end)
            end = start + Double(bytes) / Double(rate)
            return start - now
        }
        guard wait > 0 else { return }
        try await clock.sleep(.seconds(wait))
    }
}

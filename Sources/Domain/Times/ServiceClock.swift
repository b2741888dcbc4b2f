import Foundation

/// The time of day, and waiting: what tests replace.
package struct ServiceClock: Sendable {
    package let now: @Sendable () -> Date
    /// Throws `CancellationError` when the task is cancelled.
    package let sleep: @Sendable (Duration) async throws -> Void

    package init(
        now: @escaping @Sendable () -> Date, sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.sleep = sleep
    }

    package static let system = ServiceClock(now: { Date() }, sleep: { try await Task.sleep(for: $0) })
}

import Foundation

/// How deliveries are tried.
package struct DeliverySettings: Sendable {
    /// Pictures under way to one destination at a time.
    package var width = 4
    /// Claimed at a time.
    package var batch = 16
    /// Seconds that a claim holds.
    package var lease: TimeInterval = 900
    /// Tries before a picture becomes a dead letter.
    package var attempts = 8
    /// Seconds before the second try; each further wait is twice as long.
    package var firstWait: TimeInterval = 15
    package var longestWait: TimeInterval = 1800
    /// Seconds before a destination that is down is asked again, at first and at most.
    package var firstPause: TimeInterval = 2
    package var longestPause: TimeInterval = 60
    package var pollInterval = Duration.milliseconds(500)
    /// How long deliveries that are under way may take once the server is told to stop.
    package var stopLimit = Duration.seconds(20)

    package init() {}

    /// Seconds before the try after `failures` that failed.
    func wait(after failures: Int) -> TimeInterval { Self.doubled(firstWait, failures, longestWait) }

    func pause(after failures: Int) -> TimeInterval { Self.doubled(firstPause, failures, longestPause) }

    private static func doubled(_ first: TimeInterval, _ failures: Int, _ most: TimeInterval) -> TimeInterval {
        min(most, first * Double(1 << min(max(failures - 1, 0), 20)))
    }
}

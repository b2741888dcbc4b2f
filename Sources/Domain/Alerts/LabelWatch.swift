import Foundation

/// What is expected of a camera label.
package struct LabelWatch: Hashable, Sendable {
    /// Seconds within which something new comes; nil: it may be silent for ever.
    package var rhythm: TimeInterval?
    /// Seconds beyond the rhythm before silence is said.
    package var grace: TimeInterval
    /// Of a hundred files of the last day, how many may be without a position; nil: all.
    package var positionsMissing: Int?
    /// Since when silence counts where nothing has come yet.
    package var since: Date

    /// Files of a day below which no share is worth a word.
    package static let fewestFiles = 10
    /// Seconds that files count for.
    package static let span: TimeInterval = 86_400
    private static let longest: TimeInterval = 366 * 86_400

    package static let none = LabelWatch(since: .distantPast)

    private init(since: Date) {
        rhythm = nil
        grace = 0
        positionsMissing = nil
        self.since = since
    }

    /// - Throws: `.unprocessable` when a number is out of its bounds.
    package init(rhythm: TimeInterval?, grace: TimeInterval, positionsMissing: Int?, since: Date) throws {
        guard rhythm.map({ (60...Self.longest).contains($0) }) ?? true, (0...Self.longest).contains(grace) else {
            throw Failure(
                .unprocessable, "A rhythm has 1 minute to 366 days, and a grace at most as many.",
                details: ["reason": "bad_rhythm"])
        }
        guard positionsMissing.map({ (0...99).contains($0) }) ?? true else {
            throw Failure(
                .unprocessable, "The share of files without a position is 0 to 99 percent.",
                details: ["reason": "bad_share"])
        }
        self.rhythm = rhythm
        self.grace = grace
        self.positionsMissing = positionsMissing
        self.since = since
    }

    package var isOff: Bool { rhythm == nil && positionsMissing == nil }
}

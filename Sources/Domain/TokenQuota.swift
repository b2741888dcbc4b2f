import Foundation

/// How many tokens somebody may ask for in an hour.
package struct TokenQuota: Hashable, Sendable {
    /// What is counted: an account, or an address block.
    package let asker: String
    package let limit: Int
    /// Seconds.
    package static let span: TimeInterval = 3600

    package init(asker: String, limit: Int) {
        self.asker = asker
        self.limit = limit
    }

    /// - Parameters:
    ///   - count: tokens asked for within the span.
    ///   - oldest: when the first of them was.
    /// - Throws: `.tooMany` with the seconds until one more may be asked for.
    package func check(count: Int, oldest: Date?, now: Date) throws {
        guard count >= limit else { return }
        let wait = (oldest ?? now).addingTimeInterval(Self.span).timeIntervalSince(now)
        throw Failure(
            .tooMany, "Too many tokens were asked for within an hour. Wait a little and try again.",
            details: ["reason": "token_quota", "retry_after": "\(max(1, Int(wait.rounded(.up))))"])
    }
}

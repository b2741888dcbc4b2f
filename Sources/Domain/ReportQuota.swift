import Foundation

/// How many reports one reporter may make in an hour, so that nobody hides a whole catalogue.
package struct ReportQuota: Hashable, Sendable {
    /// What is counted: an account, or the address block of a guest.
    package let reporter: String
    package let limit: Int
    /// Seconds.
    package static let span: TimeInterval = 3600

    package init(reporter: String, limit: Int) {
        self.reporter = reporter
        self.limit = limit
    }

    /// - Parameters:
    ///   - count: reports of this reporter within the span.
    ///   - oldest: when the first of them was made.
    /// - Throws: `.tooMany` with the seconds until one more may be made.
    package func check(count: Int, oldest: Date?, now: Date) throws {
        guard count >= limit else { return }
        let wait = (oldest ?? now).addingTimeInterval(Self.span).timeIntervalSince(now)
        throw Failure(
            .tooMany, "You have made \(count) reports within an hour, which is the limit. Wait a little and go on.",
            details: ["reason": "report_quota", "retry_after": "\(max(1, Int(wait.rounded(.up))))"])
    }
}

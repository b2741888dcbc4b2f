import Foundation

/// How often somebody may do something in an hour.
package struct HourlyQuota: Hashable, Sendable {
    package enum Subject: Sendable {
        /// Tokens that are asked for.
        case tokens
        /// Reports that are made, so that nobody hides a whole catalogue.
        case reports
    }

    package let subject: Subject
    /// Who is counted: an account, or the address block of a guest.
    package let asker: String
    package let limit: Int
    /// Seconds.
    package static let span: TimeInterval = 3600

    package init(_ subject: Subject, of asker: String, limit: Int) {
        self.subject = subject
        self.asker = asker
        self.limit = limit
    }

    /// - Parameters:
    ///   - count: how often within the span.
    ///   - oldest: when the first time was.
    /// - Throws: `.tooMany` with the seconds until once more is allowed.
    package func check(count: Int, oldest: Date?, now: Date) throws {
        guard count >= limit else { return }
        let wait = (oldest ?? now).addingTimeInterval(Self.span).timeIntervalSince(now)
        let seconds = "\(max(1, Int(wait.rounded(.up))))"
        switch subject {
        case .tokens:
            throw Failure(
                .tooMany, "Too many tokens were asked for within an hour. Wait a little and try again.",
                details: ["reason": "token_quota", "retry_after": seconds])
        case .reports:
            throw Failure(
                .tooMany, "You have made \(count) reports within an hour, which is the limit. Wait a little and go on.",
                details: ["reason": "report_quota", "retry_after": seconds])
        }
    }
}

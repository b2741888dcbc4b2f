/// What somebody says when they report something.
package struct ReportDraft: Hashable, Sendable {
    package enum Target: Hashable, Sendable {
        case picture(PictureID)
        case sequence(SequenceID)
    }

    package let issue: Report.Issue
    package let target: Target
    package let comments: String?
    package let email: String?

    /// Characters of a comment or an answer.
    package static let longestComment = 4000
    private static let longestAddress = 254

    /// Empty texts count as none.
    ///
    /// - Throws: `.unprocessable` for a text that is too long, or an address that is none.
    package init(issue: Report.Issue, target: Target, comments: String?, email: String?) throws {
        self.issue = issue
        self.target = target
        self.comments = try Self.comment(comments)
        self.email = try Self.address(email)
    }

    /// A comment as it is kept: nil when it is empty. Throws `.unprocessable` when it is too long.
    package static func comment(_ text: String?) throws -> String? {
        guard let text, text.contains(where: { !$0.isWhitespace }) else { return nil }
        guard text.count <= longestComment else {
            throw Failure(.unprocessable, "A comment has at most \(longestComment) characters.")
        }
        return text
    }

    private static func address(_ text: String?) throws -> String? {
        guard let text, !text.isEmpty else { return nil }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), text.count <= longestAddress,
            !text.contains(where: { $0.isWhitespace || $0.isNewline })
        else { throw Failure(.unprocessable, "'reporter_email' is not an e-mail address.") }
        return text
    }
}

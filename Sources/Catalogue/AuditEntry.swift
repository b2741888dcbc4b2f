import Foundation

/// One line of the audit log.
package struct AuditEntry: Hashable, Sendable {
    package let number: Int64
    package let at: Date
    /// An account's id, `system` or `guest`.
    package let actor: String
    package let action: String
    package let subject: String
    package let details: [String: String]

    package init(
        number: Int64, at: Date, actor: String, action: String, subject: String, details: [String: String]
    ) {
        self.number = number
        self.at = at
        self.actor = actor
        self.action = action
        self.subject = subject
        self.details = details
    }
}

import Foundation

/// Which lines of the audit log are wanted; what is absent does not count.
package struct AuditFilter: Hashable, Sendable {
    /// An account's id, `system` or `guest`.
    package var actor: String?
    /// A whole word such as `label.created`, or the part before its point.
    package var action: String?
    package var subject: String?
    package var from: Date?
    /// Not included.
    package var to: Date?

    package init(
        actor: String? = nil, action: String? = nil, subject: String? = nil, from: Date? = nil, to: Date? = nil
    ) {
        self.actor = actor
        self.action = action
        self.subject = subject
        self.from = from
        self.to = to
    }

    var condition: SQLStatement {
        var parts: [SQLStatement] = ["1 = 1"]
        if let actor { parts.append("actor = \(actor)") }
        if let subject { parts.append("subject = \(subject)") }
        if let action {
            // The next sign after the point ends the range of all that begins so.
            parts.append(
                action.contains(".")
                    ? "action = \(action)" : "action >= \(action + ".") AND action < \(action + "/")")
        }
        if let from { parts.append("at >= \(from)") }
        if let to { parts.append("at < \(to)") }
        return .joined(parts, by: " AND ")
    }
}

import Foundation

package typealias AlertID = Identifier<Alert>

/// Trouble with a topic, from its first sign to its end.
package struct Alert: Hashable, Sendable {
    package let id: AlertID
    package let topic: AlertTopic
    /// As found when something was last said of it.
    package var details: [String: String]
    /// When the trouble was first seen.
    package let since: Date
    /// Since when all is well again, while that does not count yet.
    package var calmSince: Date?
    /// Nil while its grace lasts.
    package var raisedAt: Date?
    package var remindedAt: Date?
    package var reminders: Int
    package var recoveredAt: Date?
    /// Somebody knows of it: there are no reminders.
    package var acknowledgedAt: Date?
    package var acknowledgedBy: AccountID?

    package init(
        id: AlertID = AlertID(), topic: AlertTopic, details: [String: String], since: Date, calmSince: Date? = nil,
        raisedAt: Date? = nil, remindedAt: Date? = nil, reminders: Int = 0, recoveredAt: Date? = nil,
        acknowledgedAt: Date? = nil, acknowledgedBy: AccountID? = nil
    ) {
        self.id = id
        self.topic = topic
        self.details = details
        self.since = since
        self.calmSince = calmSince
        self.raisedAt = raisedAt
        self.remindedAt = remindedAt
        self.reminders = reminders
        self.recoveredAt = recoveredAt
        self.acknowledgedAt = acknowledgedAt
        self.acknowledgedBy = acknowledgedBy
    }

    /// Whether it is still going on, said or not.
    package var isOpen: Bool { recoveredAt == nil }
}

import Foundation

/// Something to be told by a channel, until it has arrived.
package struct AlertNotice: Hashable, Sendable {
    /// Counts up; receivers know a repetition by it.
    package let number: Int64
    package let event: AlertEvent
    /// As it was when this was to be told.
    package let alert: Alert
    /// When it happened.
    package let at: Date
    package let attempts: Int

    package init(number: Int64, event: AlertEvent, alert: Alert, at: Date, attempts: Int) {
        self.number = number
        self.event = event
        self.alert = alert
        self.at = at
        self.attempts = attempts
    }
}

import Foundation

/// One step in the life of an alert: fine, then in its grace, raised, reminded of, recovered.
package struct AlertStep: Hashable, Sendable {
    /// As it is from now on; nil: it came to nothing and is forgotten.
    package let alert: Alert?
    /// What is to be told, if anything.
    package let event: AlertEvent?

    private init(_ alert: Alert?, _ event: AlertEvent? = nil) {
        self.alert = alert
        self.event = event
    }

    /// What follows from a finding.
    ///
    /// - Parameters:
    ///   - open: the alert of that topic which is going on, if there is one.
    ///   - reminder: seconds between reminders, until somebody acknowledges it.
    package static func after(
        _ finding: AlertFinding, open: Alert?, at moment: Date, reminder: TimeInterval
    ) -> AlertStep {
        switch finding.isTrouble {
        case .some(true): trouble(finding, open, moment, reminder)
        case .some(false): calm(finding, open, moment)
        case nil: AlertStep(open)
        }
    }

    /// What follows when there is nothing left to look at, such as a label that is watched no more: it ends unsaid.
    package static func withdrawn(_ open: Alert, at moment: Date) -> AlertStep {
        guard open.raisedAt != nil else { return AlertStep(nil) }
        var alert = open
        alert.recoveredAt = moment
        return AlertStep(alert)
    }

    private static func trouble(
        _ finding: AlertFinding, _ open: Alert?, _ moment: Date, _ reminder: TimeInterval
    ) -> AlertStep {
        var alert = open ?? Alert(topic: finding.topic, details: finding.details, since: moment)
        alert.calmSince = nil
        guard let raisedAt = alert.raisedAt else {
            guard moment.timeIntervalSince(alert.since) >= finding.grace else { return AlertStep(alert) }
            alert.raisedAt = moment
            alert.details = finding.details
            return AlertStep(alert, .raised)
        }
        let said = alert.remindedAt ?? raisedAt
        guard alert.acknowledgedAt == nil, moment.timeIntervalSince(said) >= reminder else { return AlertStep(alert) }
        alert.remindedAt = moment
        alert.reminders += 1
        alert.details = finding.details
        return AlertStep(alert, .reminded)
    }

    private static func calm(_ finding: AlertFinding, _ open: Alert?, _ moment: Date) -> AlertStep {
        guard var alert = open, alert.raisedAt != nil else { return AlertStep(nil) }
        let since = alert.calmSince ?? moment
        alert.calmSince = since
        guard moment.timeIntervalSince(since) >= finding.calm else { return AlertStep(alert) }
        alert.recoveredAt = moment
        return AlertStep(alert, .recovered)
    }
}

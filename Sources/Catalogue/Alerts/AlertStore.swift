import Domain
import Foundation

/// Alerts, and what is still to be told of them. For administrators and the server itself only.
package struct AlertStore: Sendable {
    let engine: any SQLEngine

    /// How long an alert that is over is kept. Seconds.
    private static let kept: TimeInterval = 90 * 86_400

    /// Notes what a look has found, and queues what is to be told.
    ///
    /// - Parameters:
    ///   - findings: of each topic at most one.
    ///   - kinds: all that were looked at; an alert of these without a finding has nothing left to be about.
    ///   - channels: the ways of telling.
    ///   - reminder: seconds between reminders.
    /// - Returns: what happened.
    @discardableResult
    package func note(
        _ findings: [AlertFinding], of kinds: Set<AlertTopic.Kind>, channels: [String], reminder: TimeInterval,
        at moment: Date
    ) async throws -> [AlertStep] {
        let steps: @Sendable (any SQLConnection) throws -> [Change] = { connection in
            try Self.changes(findings, of: kinds, reminder: reminder, at: moment, connection)
        }
        // Mostly there is nothing to write, and a write would be made durable.
        guard try await engine.read(steps).isEmpty == false else { return [] }
        return try await engine.write { connection in
            let changes = try steps(connection)
            for change in changes {
                try Self.apply(change, connection)
                guard let event = change.step.event, let alert = change.step.alert else { continue }
                for channel in channels { try Self.queue(event, alert, channel, at: moment, connection) }
            }
            return changes.map(\.step)
        }
    }

    /// All that are going on and said, then those that are over, newest first.
    package func list(limit: Int) async throws -> [Alert] {
        try await engine.read { connection in
            try connection.rows(
                """
                SELECT \(Self.columns) FROM alerts a WHERE a.raised_at IS NOT NULL
                ORDER BY a.recovered_at IS NOT NULL, a.raised_at DESC, a.id LIMIT \(limit)
                """
            ) { try Self.alert(&$0) }
        }
    }

    package func find(_ id: AlertID) async throws -> Alert? {
        try await engine.read { connection in
            try connection.first("SELECT \(Self.columns) FROM alerts a WHERE a.id = \(id) AND a.raised_at IS NOT NULL")
            {
                try Self.alert(&$0)
            }
        }
    }

    /// Somebody knows of it, so that no reminder is sent; audited. Twice is the same as once.
    ///
    /// - Throws: `.notFound`; `.conflict` when it is over.
    package func acknowledge(_ id: AlertID, by viewer: Viewer, at moment: Date) async throws -> Alert {
        try await engine.write { connection in
            let found = try connection.first(
                "SELECT \(Self.columns) FROM alerts a WHERE a.id = \(id) AND a.raised_at IS NOT NULL"
            ) { try Self.alert(&$0) }
            guard var alert = found else { throw Failure.notFound("alert") }
            if alert.acknowledgedAt != nil { return alert }
            guard alert.isOpen else { throw Failure(.conflict, "That alert is over.") }
            alert.acknowledgedAt = moment
            alert.acknowledgedBy = viewer.accountID
            try Self.store(alert, connection)
            try AuditStore.insert(
                "alert.acknowledged", by: viewer, subject: id.string, details: ["kind": alert.topic.kind.rawValue],
                at: moment, connection)
            return alert
        }
    }

    /// Removes what was over long ago.
    package func forget(at moment: Date) async throws {
        let end = moment.addingTimeInterval(-Self.kept)
        let isThere = try await engine.read {
            try $0.exists("SELECT 1 FROM alerts WHERE recovered_at < \(end)")
        }
        guard isThere else { return }
        try await engine.write { try $0.execute("DELETE FROM alerts WHERE recovered_at < \(end)") }
    }

    private struct Change {
        let before: Alert?
        let step: AlertStep
    }

    private static func changes(
        _ findings: [AlertFinding], of kinds: Set<AlertTopic.Kind>, reminder: TimeInterval, at moment: Date,
        _ connection: any SQLConnection
    ) throws -> [Change] {
        let names = SQLStatement.list(kinds.map { .text($0.rawValue) })
        let known = try connection.rows(
            "SELECT \(columns) FROM alerts a WHERE a.recovered_at IS NULL AND a.kind IN \(names)"
        ) { try alert(&$0) }
        var open = Dictionary(known.map { ($0.topic, $0) }) { first, _ in first }
        var changes = findings.map { finding in
            let before = open.removeValue(forKey: finding.topic)
            return Change(before: before, step: .after(finding, open: before, at: moment, reminder: reminder))
        }
        changes += open.values.map { Change(before: $0, step: .withdrawn($0, at: moment)) }
        return changes.filter { $0.step.alert != $0.before }
    }

    private static func apply(_ change: Change, _ connection: any SQLConnection) throws {
        if let alert = change.step.alert {
            try store(alert, connection)
        } else if let before = change.before {
            try connection.execute("DELETE FROM alerts WHERE id = \(before.id)")
        }
    }

    private static func store(_ alert: Alert, _ connection: any SQLConnection) throws {
        let details = try JSONText.encode(alert.details)
        try connection.execute(
            """
            INSERT INTO alerts (id, kind, subject, details, since, calm_since, raised_at, reminded_at, reminders,
                recovered_at, acknowledged_at, acknowledged_by)
            VALUES (\(alert.id), \(alert.topic.kind.rawValue), \(alert.topic.subject), \(details), \(alert.since),
                \(alert.calmSince), \(alert.raisedAt), \(alert.remindedAt), \(alert.reminders), \(alert.recoveredAt),
                \(alert.acknowledgedAt), \(alert.acknowledgedBy))
            ON CONFLICT (id) DO UPDATE SET details = excluded.details, calm_since = excluded.calm_since,
                raised_at = excluded.raised_at, reminded_at = excluded.reminded_at, reminders = excluded.reminders,
                recovered_at = excluded.recovered_at, acknowledged_at = excluded.acknowledged_at,
                acknowledged_by = excluded.acknowledged_by
            """)
    }

    private static func queue(
        _ event: AlertEvent, _ alert: Alert, _ channel: String, at moment: Date, _ connection: any SQLConnection
    ) throws {
        let details = try JSONText.encode(alert.details)
        try connection.execute(
            """
            INSERT INTO alert_notices (alert_id, channel, event, details, reminders, at, due_at)
            VALUES (\(alert.id), \(channel), \(event.rawValue), \(details), \(alert.reminders), \(moment), \(moment))
            """)
    }

    static let columns: SQLStatement = """
        a.id, a.kind, a.subject, a.details, a.since, a.calm_since, a.raised_at, a.reminded_at, a.reminders, \
        a.recovered_at, a.acknowledged_at, a.acknowledged_by
        """

    static func alert(_ row: inout SQLRowReader) throws -> Alert {
        let id = row.id(AlertID.self)
        let topic = AlertTopic(try row.word(), row.text())
        return Alert(
            id: id, topic: topic, details: try row.jsonTable(), since: row.date(), calmSince: row.optionalDate(),
            raisedAt: row.optionalDate(), remindedAt: row.optionalDate(), reminders: row.int(),
            recoveredAt: row.optionalDate(), acknowledgedAt: row.optionalDate(), acknowledgedBy: row.optionalID())
    }
}

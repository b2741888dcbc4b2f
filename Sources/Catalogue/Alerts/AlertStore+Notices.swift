import Domain
import Foundation

/// What is to be told, way by way and in the order in which it happened.
extension AlertStore {
    /// What waits for a way of telling.
    package struct Waiting: Hashable, Sendable {
        package let channel: String
        package let notices: Int
        /// Why the last try failed; nil when none did.
        package let reason: String?

        package init(channel: String, notices: Int, reason: String?) {
            self.channel = channel
            self.notices = notices
            self.reason = reason
        }
    }

    /// The next that a channel has to tell; nil when there is none, or it is not due yet. Nothing is told out of order.
    package func nextNotice(for channel: String, at moment: Date) async throws -> AlertNotice? {
        try await engine.read { connection in
            let next = try connection.first(
                """
                SELECT n.number, n.event, n.details, n.reminders, n.at, n.attempts, n.due_at, \(Self.columns)
                FROM alert_notices n JOIN alerts a ON a.id = n.alert_id
                WHERE n.channel = \(channel) ORDER BY n.number LIMIT 1
                """
            ) { try Self.notice(&$0) }
            guard let next, next.due <= moment else { return nil }
            return next.notice
        }
    }

    /// It has arrived.
    package func told(_ notice: AlertNotice) async throws {
        try await engine.write { connection in
            try connection.execute("DELETE FROM alert_notices WHERE number = \(notice.number)")
        }
    }

    /// It has not, and is to be tried again.
    package func retry(_ notice: AlertNotice, reason: String, due: Date) async throws {
        try await engine.write { connection in
            try connection.execute(
                """
                UPDATE alert_notices SET attempts = attempts + 1, last_error = \(reason), due_at = \(due)
                WHERE number = \(notice.number)
                """)
        }
    }

    /// What waits, by channel.
    package func waiting() async throws -> [Waiting] {
        try await engine.read { connection in
            try connection.rows(
                """
                SELECT n.channel, COUNT(*), (SELECT m.last_error FROM alert_notices m WHERE m.channel = n.channel
                    ORDER BY m.number LIMIT 1)
                FROM alert_notices n GROUP BY n.channel ORDER BY n.channel
                """
            ) { Waiting(channel: $0.text(), notices: $0.int(), reason: $0.optionalText()) }
        }
    }

    /// Drops what has waited since before a moment, or waits for a way of telling that is there no more; how many.
    package func drop(before moment: Date, keeping channels: [String]) async throws -> Int {
        let condition: SQLStatement =
            "at < \(moment) OR channel NOT IN \(SQLStatement.list(channels.map { .text($0) } + [.text("")]))"
        let isThere = try await engine.read { try $0.exists("SELECT 1 FROM alert_notices WHERE \(condition)") }
        guard isThere else { return 0 }
        return try await engine.write { try $0.execute("DELETE FROM alert_notices WHERE \(condition)") }
    }

    private static func notice(_ row: inout SQLRowReader) throws -> (notice: AlertNotice, due: Date) {
        let number = row.int64()
        let event: AlertEvent = try row.word()
        let (details, reminders) = (try row.jsonTable(), row.int())
        let (at, attempts, due) = (row.date(), row.int(), row.date())
        var alert = try alert(&row)
        alert.details = details
        alert.reminders = reminders
        return (AlertNotice(number: number, event: event, alert: alert, at: at, attempts: attempts), due)
    }
}

import Domain
import Foundation

/// What a webhook is sent.
struct WebhookDocument: Encodable {
    struct Subject: Encodable {
        let id, kind, subject, state: String
        let since: String
        let raisedAt, recoveredAt: String?
        let reminders: Int
        let details: [String: String]

        enum CodingKeys: String, CodingKey {
            case id, kind, subject, state, since, reminders, details
            case raisedAt = "raised_at"
            case recoveredAt = "recovered_at"
        }
    }

    let type: String
    /// The same for a repetition.
    let notice: Int64
    let at, instance, title, message: String
    let alert: Subject

    init(_ message: AlertMessage) {
        let (notice, alert) = (message.notice, message.notice.alert)
        type = "alert.\(notice.event.rawValue)"
        self.notice = notice.number
        at = RFC3339.string(notice.at)
        instance = message.instance
        title = message.title
        self.message = message.text
        self.alert = Subject(
            id: alert.id.string, kind: alert.topic.kind.rawValue, subject: alert.topic.subject,
            state: notice.event == .recovered ? "recovered" : "raised", since: RFC3339.string(alert.since),
            raisedAt: alert.raisedAt.map { RFC3339.string($0) },
            recoveredAt: notice.event == .recovered ? RFC3339.string(notice.at) : nil, reminders: alert.reminders,
            details: alert.details)
    }

    func bytes() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}

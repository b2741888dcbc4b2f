import Domain
import Foundation
import Logging

/// Tells by mail.
package struct MailChannel: AlertChannel {
    package let name = "mail"
    private let client: SMTPClient
    private let from: MailAddress
    private let to: [MailAddress]
    private let logger: Logger

    package init(server: MailServer, from: MailAddress, to: [MailAddress], logger: Logger) {
        client = SMTPClient(server: server)
        self.from = from
        self.to = to
        self.logger = logger
    }

    package func send(_ message: AlertMessage) async throws {
        let notice = message.notice
        let thread = "\(notice.alert.id.string)@\(from.host)"
        let mail = try MailMessage(
            from: from, to: to, subject: "[\(message.instance)] \(message.title)", text: message.text, date: notice.at,
            id: notice.event == .raised ? thread : "\(notice.alert.id.string).\(notice.number)@\(from.host)",
            thread: notice.event == .raised ? nil : thread)
        let refused = try await client.send(mail)
        guard !refused.isEmpty else { return }
        logger.warning(
            "The mail server does not take mail for some addresses", metadata: ["addresses": "\(refused.count)"])
    }
}

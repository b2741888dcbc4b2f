import Alerts
import Domain
import Foundation

/// Who is told of what goes wrong, and what counts as wrong.
package struct AlertSettings: Sendable {
    package struct Mail: Sendable {
        package let server: MailServer
        package let from: MailAddress
        package let to: [MailAddress]
    }

    package struct Webhook: Sendable {
        package let address: String
        package let secret: String?
    }

    package let mail: Mail?
    package let webhook: Webhook?
    /// Seconds.
    package let reminder: TimeInterval
    /// Percent.
    package let diskInUse: Int
    /// Seconds.
    package let deliveryLimit: TimeInterval

    /// As the catalogue knows them.
    package var channelNames: [String] { (mail == nil ? [] : ["mail"]) + (webhook == nil ? [] : ["webhook"]) }

    init(_ reader: SettingsReader) throws {
        mail = try Self.mail(reader)
        webhook = try Self.webhook(reader)
        reminder = 3600 * Double(try reader.wholeNumber(.alertReminder, in: 1...8760) ?? 24)
        diskInUse = try reader.wholeNumber(.alertDisk, in: 1...100) ?? 90
        deliveryLimit = 60 * Double(try reader.wholeNumber(.alertDelivery, in: 1...525_600) ?? 60)
    }

    private static func mail(_ reader: SettingsReader) throws -> Mail? {
        let to = try reader.list(.alertTo).map { try MailAddress($0) }
        guard !to.isEmpty else { return nil }
        guard let host = try reader.text(.smtpHost), let from = try reader.text(.alertFrom) else {
            throw Failure(.unprocessable, "With the setting alert-to say smtp-host and alert-from too.")
        }
        let security = try reader.word(.smtpSecurity, as: MailServer.Security.self) ?? .starttls
        let port = try reader.wholeNumber(.smtpPort, in: 1...65_535) ?? security.usualPort
        let login = try login(reader)
        guard login == nil || security != .none || Loopback.contains(host) else {
            throw Failure(
                .unprocessable,
                "With smtp-security=none a password would be readable on the way to \(host): use starttls or tls.")
        }
        return Mail(
            server: MailServer(
                host: host, port: port, security: security, login: login,
                authorities: try reader.path(.smtpAuthorities)),
            from: try MailAddress(from), to: to)
    }

    private static func login(_ reader: SettingsReader) throws -> MailServer.Login? {
        let (user, password) = (try reader.text(.smtpUser), try reader.secret(.smtpPassword, orFile: .smtpPasswordFile))
        if user == nil, password == nil { return nil }
        guard let user, let password else {
            throw Failure(.unprocessable, "Say smtp-user and smtp-password, or neither.")
        }
        return MailServer.Login(user: user, password: password)
    }

    private static func webhook(_ reader: SettingsReader) throws -> Webhook? {
        let secret = try reader.secret(.alertWebhookSecret, orFile: .alertWebhookSecretFile)
        guard let text = try reader.text(.alertWebhook) else { return nil }
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host()?.isEmpty == false else {
            throw Failure(
                .unprocessable, "The setting alert-webhook must be an address like https://hooks.example.org/wayside.")
        }
        return Webhook(address: text, secret: secret)
    }
}

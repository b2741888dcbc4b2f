import Alerts
import Domain
import Foundation
import TestSupport
import Testing
import Wayside

@Suite("Settings of alerts")
struct AlertSettingsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func alerts(_ environment: [String: String]) async throws -> AlertSettings {
        let variables = Dictionary(uniqueKeysWithValues: environment.map { ("WAYSIDE_\($0.key)", $0.value) })
        return try await SettingsSources(arguments: ["--data", folder.path], environment: variables).settings().alerts
    }

    private static let mail = ["ALERT_TO": "a@b.example,c@d.example", "ALERT_FROM": "w@b.example", "SMTP_HOST": "mail"]

    @Test("nobody is told when nobody is named")
    func nobody() async throws {
        let none = try await alerts([:])
        #expect(none.channelNames.isEmpty && none.diskInUse == 90 && none.reminder == 86_400)
    }

    @Test("mail goes encrypted and where it is said, with the password from a file")
    func mail() async throws {
        let usual = try #require(try await alerts(Self.mail).mail)
        #expect(usual.to.map(\.text) == ["a@b.example", "c@d.example"])
        #expect(usual.server.security == .starttls && usual.server.port == 587 && usual.server.login == nil)
        let secret = folder.file("secret")
        try Data("right horse \nmore".utf8).write(to: URL(filePath: secret))
        let more = ["SMTP_SECURITY": "tls", "SMTP_USER": "ada", "SMTP_PASSWORD_FILE": secret]
        let signed = try #require(try await alerts(Self.mail.merging(more) { $1 }).mail)
        #expect(signed.server.port == 465 && signed.server.login?.password == "right horse")
        let local = ["SMTP_SECURITY": "none", "SMTP_HOST": "127.0.0.1", "SMTP_USER": "a", "SMTP_PASSWORD": "b"]
        #expect(try await alerts(Self.mail.merging(local) { $1 }).mail?.server.port == 25)
    }

    @Test(
        "what cannot work, or would give a password away, is refused",
        arguments: [
            ["SMTP_HOST": ""], ["ALERT_FROM": ""], ["ALERT_TO": "nobody"], ["ALERT_FROM": "a@b.example>"],
            ["SMTP_SECURITY": "ssl"], ["SMTP_USER": "ada"], ["SMTP_PASSWORD": "x"],
            ["SMTP_SECURITY": "none", "SMTP_USER": "ada", "SMTP_PASSWORD": "x"],
            ["SMTP_PASSWORD": "x", "SMTP_PASSWORD_FILE": "/nowhere", "SMTP_USER": "a"],
            ["ALERT_WEBHOOK": "ftp://hooks.example"], ["ALERT_WEBHOOK": "hooks"], ["ALERT_DISK": "101"],
        ])
    func refused(more: [String: String]) async throws {
        let failure = await #expect(throws: Failure.self) { try await alerts(Self.mail.merging(more) { $1 }) }
        #expect(failure?.code == .unprocessable)
    }
}

import Alerts
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Mail")
struct MailTests {
    private static let date = Date(timeIntervalSince1970: 1_780_308_000)

    private func mail(subject: String = "The disk is full", text: String = "It is.\n", to: [String] = ["a@b.example"])
        throws -> MailMessage
    {
        try MailMessage(
            from: try MailAddress("wayside@server.example"), to: try to.map { try MailAddress($0) }, subject: subject,
            text: text, date: Self.date, id: "1@server.example", thread: nil)
    }

    private func client(
        _ server: SMTPServer, _ security: MailServer.Security = .none, login: Bool = false, trusting: String? = nil
    ) -> SMTPClient {
        SMTPClient(
            server: MailServer(
                host: "127.0.0.1", port: server.port, security: security,
                login: login ? .init(user: "ada", password: "right horse") : nil, authorities: trusting))
    }

    private func failure(_ work: () async throws -> Void) async throws -> String {
        try #require(await #expect(throws: Failure.self) { try await work() }).message
    }

    @Test("arrives with its headers and its text, in any alphabet")
    func plain() async throws {
        let server = try await SMTPServer()
        let subject = "« Caméra-7 » est muette — depuis une journée entière, ou presque, à Pékin 北京"
        let text = "Première ligne\n.\n..\nDernière\n"
        _ = try await client(server).send(try mail(subject: subject, text: text, to: ["a@b.example", "c@d.example"]))
        #expect(
            server.commands == [
                "EHLO server.example", "MAIL FROM:<wayside@server.example>", "RCPT TO:<a@b.example>",
                "RCPT TO:<c@d.example>", "DATA", "QUIT",
            ])
        let read = SMTPServer.read(try #require(server.mails.first))
        #expect(read.text == text.replacing("\n", with: "\r\n"))
        #expect(read.headers["To"] == "<a@b.example>, <c@d.example>")
        #expect(read.headers["Date"] == "Mon, 01 Jun 2026 10:00:00 +0000")
        #expect(read.headers["Auto-Submitted"] == "auto-generated")
        let words = try #require(read.headers["Subject"]).split(separator: " ")
        #expect(words.allSatisfy { $0.hasPrefix("=?utf-8?B?") && $0.hasSuffix("?=") && $0.count <= 75 })
        let decoded = words.compactMap { Data(base64Encoded: String($0.dropFirst(10).dropLast(2))) }
        #expect(decoded.map { String(decoding: $0, as: UTF8.self) }.joined() == subject)
    }

    @Test("is encrypted and signed in where it is told so", arguments: [MailServer.Security.starttls, .tls])
    func encrypted(security: MailServer.Security) async throws {
        let folder = try TemporaryFolder()
        let certificate = try TestCertificate(in: folder)
        let server = try await SMTPServer(
            .init(encryption: certificate.context, offersStartTLS: security == .starttls, logins: ["LOGIN", "PLAIN"]))
        _ = try await client(server, security, login: true, trusting: certificate.path).send(try mail())
        #expect(server.mails.count == 1)
        #expect(server.commands.contains("AUTH PLAIN \(Data("\0ada\0right horse".utf8).base64EncodedString())"))
        #expect(server.commands.contains("STARTTLS") == (security == .starttls))
        // Somebody else's certificate: nothing is said, the password least of all.
        let before = server.commands.filter { $0.hasPrefix("AUTH") }.count
        _ = try await failure { _ = try await client(server, security, login: true).send(try mail()) }
        #expect(server.mails.count == 1 && server.commands.filter { $0.hasPrefix("AUTH") }.count == before)
    }

    @Test("signs in the older way where the server knows no other")
    func login() async throws {
        let server = try await SMTPServer(.init(logins: ["LOGIN"]))
        _ = try await client(server, login: true).send(try mail())
        #expect(server.commands[1...3].elementsEqual(["AUTH LOGIN", "YWRh", "cmlnaHQgaG9yc2U="]))
        let other = try await SMTPServer(.init(logins: ["GSSAPI"]))
        #expect(
            try await failure { _ = try await client(other, login: true).send(try mail()) }.contains("PLAIN nor LOGIN"))
        #expect(other.mails.isEmpty)
    }

    @Test("is not sent when encryption is asked for and not offered, or somebody speaks before it")
    func downgrade() async throws {
        let plain = try await SMTPServer(.init(logins: ["PLAIN"]))
        #expect(
            try await failure { _ = try await client(plain, .starttls, login: true).send(try mail()) }
                .contains("offers no encryption"))
        #expect(plain.commands == ["EHLO server.example"])
        let folder = try TemporaryFolder()
        let certificate = try TestCertificate(in: folder)
        let injected = try await SMTPServer(
            .init(encryption: certificate.context, offersStartTLS: true, injection: "250 AUTH PLAIN"))
        #expect(
            try await failure {
                _ = try await client(injected, .starttls, login: true, trusting: certificate.path).send(try mail())
            }.contains("before it is encrypted"))
        #expect(injected.mails.isEmpty)
    }

    @Test("tells what the server says when it refuses, and takes one good address as enough")
    func refused() async throws {
        let full = try await SMTPServer(.init(replies: ["DATA": "452 no room here"]))
        #expect(
            try await failure { _ = try await client(full).send(try mail()) }
                == "The mail server says: 452 no room here")
        let picky = try await SMTPServer(.init(replies: ["RCPT TO:<gone@": "550 nobody"]))
        let refused = try await client(picky).send(try mail(to: ["gone@b.example", "a@b.example"]))
        #expect(refused.map(\.text) == ["gone@b.example"] && picky.mails.count == 1)
        #expect(
            try await failure { _ = try await client(picky).send(try mail(to: ["gone@b.example"])) }
                .contains("550 nobody"))
        let web = try await SMTPServer(.init(replies: ["hello": "HTTP/1.1 400 Bad Request"]))
        #expect(try await failure { _ = try await client(web).send(try mail()) }.contains("no mail server"))
        try await full.stop()
        #expect(try await failure { _ = try await client(full).send(try mail()) }.contains("cannot be reached"))
    }

    @Test(
        "takes no header and no address that could go on as another",
        arguments: [
            "a@b.example\r\nBcc: eve@c.example", "a@b.example>", "a b@c.example", "a@b@c", "@b", "a@", "é@b.example",
            "a@b.example\n", "<a@b.example>", "",
        ])
    func injection(text: String) throws {
        #expect(throws: Failure.self) { try MailAddress(text) }
        guard text.contains("\n") else { return }
        #expect(throws: Failure.self) { try mail(subject: text) }
    }
}

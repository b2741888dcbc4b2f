import Domain
import Foundation

/// Gives mails to a server (RFC 5321), encrypted and signed in where it is told so.
package struct SMTPClient: Sendable {
    private let server: MailServer

    package init(server: MailServer) { self.server = server }

    /// Returns once the server has taken the mail.
    ///
    /// - Returns: addresses that it does not take mail for, never all of them.
    /// - Throws: `.unavailable`, with what the server says; never what was said to it.
    package func send(_ mail: MailMessage) async throws -> [MailAddress] {
        let connection = try await SMTPConnection.open(to: server)
        defer { connection.close() }
        try await connection.reply()
        var greeting = try await connection.command("EHLO \(mail.from.host)")
        if server.security == .starttls {
            guard greeting.capabilities.contains("STARTTLS") else {
                throw Failure(.unavailable, "The mail server offers no encryption, and without it nothing is sent.")
            }
            try await connection.command("STARTTLS")
            try await connection.encrypt()
            greeting = try await connection.command("EHLO \(mail.from.host)")
        }
        if let login = server.login { try await signIn(login, greeting.logins, connection) }
        try await connection.command("MAIL FROM:<\(mail.from.text)>")
        let refused = try await address(mail.to, connection)
        try await connection.command("DATA")
        try await connection.send(mail.bytes)
        // It has the mail; what it says to a goodbye does not matter.
        _ = try? await connection.command("QUIT")
        return refused
    }

    /// RFC 4616, or the older LOGIN.
    private func signIn(_ login: MailServer.Login, _ ways: [String], _ connection: SMTPConnection) async throws {
        if ways.contains("PLAIN") {
            try await connection.command("AUTH PLAIN \(Self.base64("\0\(login.user)\0\(login.password)"))")
        } else if ways.contains("LOGIN") {
            try await connection.command("AUTH LOGIN")
            try await connection.command(Self.base64(login.user))
            try await connection.command(Self.base64(login.password))
        } else {
            throw Failure(.unavailable, "The mail server takes no password: it offers neither PLAIN nor LOGIN.")
        }
    }

    private func address(_ to: [MailAddress], _ connection: SMTPConnection) async throws -> [MailAddress] {
        var refused: [MailAddress] = []
        for address in to {
            do {
                try await connection.command("RCPT TO:<\(address.text)>")
            } catch {
                refused.append(address)
                if refused.count == to.count { throw error }
            }
        }
        return refused
    }

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}

import Domain

/// An address that mail is sent to or from: a plain `name@host`, of visible ASCII.
package struct MailAddress: Hashable, Sendable {
    package let text: String

    /// - Throws: `.unprocessable` for anything else; nothing that could end a header or a command is taken.
    package init(_ text: String) throws {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !#"<>()[]\,;:""#.utf8.contains($0) }
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), isPlain, text.utf8.count <= 254 else {
            throw Failure(.unprocessable, "“\(text.prefix(80))” is no mail address: name@host is.")
        }
        self.text = text
    }

    package var host: String { String(text.drop { $0 != "@" }.dropFirst()) }
}

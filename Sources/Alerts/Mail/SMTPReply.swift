/// What a mail server answers (RFC 5321 §4.2).
struct SMTPReply: Sendable {
    let code: Int
    /// The texts of its lines.
    let lines: [String]

    var isPositive: Bool { (200...399).contains(code) }

    /// Capabilities that a reply to EHLO lists, in capitals.
    var capabilities: [String] { lines.dropFirst().map { $0.uppercased() } }

    /// The ways of signing in that it lists.
    var logins: [String] {
        capabilities.first { $0.hasPrefix("AUTH ") || $0.hasPrefix("AUTH=") }?.dropFirst(5).split(separator: " ")
            .map(String.init) ?? []
    }
}

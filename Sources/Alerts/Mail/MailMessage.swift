import Domain
import Foundation

/// A mail as it travels (RFC 5322): headers, and a plain text in base64.
package struct MailMessage: Sendable {
    package let from: MailAddress
    package let to: [MailAddress]
    package let subject: String
    package let text: String
    package let date: Date
    /// Without angle brackets; the same for a repetition, so that it can be known as such.
    package let id: String
    /// The mail that this one continues.
    package let thread: String?

    /// - Throws: `.unprocessable` when a header would hold a control character: it could go on as another header.
    package init(
        from: MailAddress, to: [MailAddress], subject: String, text: String, date: Date, id: String, thread: String?
    ) throws {
        for value in [subject, id, thread ?? ""] {
            guard value.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
                throw Failure(.unprocessable, "A header of a mail holds no control characters.")
            }
        }
        self.from = from
        self.to = to
        self.subject = subject
        self.text = text
        self.date = date
        self.id = id
        self.thread = thread
    }

    /// Lines without their ends.
    package var lines: [String] {
        var lines = [
            "From: <\(from.text)>", "To: \(to.map { "<\($0.text)>" }.joined(separator: ",\r\n "))",
            "Subject: \(Self.encoded(subject))", "Date: \(Self.rfc5322(date))", "Message-ID: <\(id)>",
        ]
        if let thread { lines += ["In-Reply-To: <\(thread)>", "References: <\(thread)>"] }
        // RFC 3834: nobody's absence is to be told to a machine.
        lines += [
            "Auto-Submitted: auto-generated", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64", "",
        ]
        let body = Data(text.replacing("\n", with: "\r\n").utf8)
        lines += body.base64EncodedString(options: [.lineLength76Characters, .endLineWithLineFeed])
            .split(separator: "\n").map(String.init)
        return lines.flatMap { $0.components(separatedBy: "\r\n") }
    }

    /// What follows DATA: no line of it is a dot alone (RFC 5321 §4.5.2).
    package var bytes: [UInt8] {
        Array((lines.map { $0.hasPrefix(".") ? ".\($0)" : $0 } + ["."]).map { "\($0)\r\n" }.joined().utf8)
    }

    /// Encoded words (RFC 2047) of at most 75 characters each, split between characters.
    static func encoded(_ text: String) -> String {
        if text.utf8.count <= 60, text.utf8.allSatisfy({ $0 < 0x7F }) { return text }
        var words: [[UInt8]] = [[]]
        for character in text {
            let bytes = Array(String(character).utf8)
            if (words.last?.count ?? 0) + bytes.count > 42 { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?utf-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }

    private static func rfc5322(_ date: Date) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss '+0000'"
        return formatter.string(from: date)
    }
}

import Domain
import Foundation

/// What alerts are called in a language: on pages, in the API and in mails. Nothing of a person is in it.
package struct AlertWords: Sendable {
    private let words: PageWords
    private let sentences: Sentences
    private let format: PageFormat

    /// - Throws: `.internalError` when the words cannot be read.
    package init(_ language: Language, folder: String) throws {
        words = try PageDictionary.words(language, folder: folder)
        sentences = Sentences.of(language, folder: folder)
        format = PageFormat(language)
    }

    /// One line: what is wrong.
    package func title(_ alert: Alert) -> String {
        words("alerts.title_\(alert.topic.kind.rawValue)", values(alert))
    }

    /// A sentence with the facts.
    package func text(_ alert: Alert) -> String {
        let never = alert.topic.kind == .labelSilent && alert.details["last"] == nil ? "_never" : ""
        return words("alerts.text_\(alert.topic.kind.rawValue)\(never)", values(alert))
    }

    /// What is told of it: a line, and a few sentences.
    ///
    /// - Parameter address: of the administration page; nil where it is not known.
    package func told(_ notice: AlertNotice, address: String?) -> (title: String, text: String) {
        let alert = notice.alert
        let more = [
            "title": title(alert), "since": PageTime(alert.since).text, "number": "\(alert.reminders)",
            "raised": PageTime(alert.raisedAt ?? alert.since).text, "at": PageTime(notice.at).text,
        ]
        var lines = [text(alert), words("alerts.told_\(notice.event.rawValue)", more)]
        if let address { lines.append(address) }
        return (words("alerts.line_\(notice.event.rawValue)", more), lines.joined(separator: "\n\n") + "\n")
    }

    /// A span in the largest unit that fits, and the next.
    func span(_ seconds: TimeInterval) -> String {
        let minutes = max(0, Int((seconds / 60).rounded()))
        let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60)
        let parts = [("alerts.days", days), ("alerts.hours", hours), ("alerts.minutes", rest)].filter { $0.1 > 0 }
        guard !parts.isEmpty else { return words("alerts.minutes", count: 0) }
        return parts.prefix(2).map { words($0.0, count: $0.1) }.joined(separator: " ")
    }

    private func values(_ alert: Alert) -> [String: String] {
        var values = alert.details
        for (name, text) in alert.details {
            switch name {
            case "last", "oldest": values[name] = RFC3339.date(text).map { PageTime($0).text } ?? text
            case "rhythm": values[name] = TimeInterval(text).map(span) ?? text
            case "free": values[name] = Int64(text).map(format.bytes) ?? text
            case "reason": values[name] = sentences(text)
            default: values[name] = Int(text).map { format.number($0) } ?? text
            }
        }
        return values
    }
}

import Domain
import Foundation

/// A time in a filter: an instant, or a day in UTC with everything that is in it.
package struct FilterMoment: Hashable, Sendable {
    /// As it was written.
    package let text: String
    package let isDay: Bool
    /// Microseconds since 1970-01-01T00:00:00Z; of a day the first and the last, both in it.
    let from: Int64
    let to: Int64

    /// Reads an RFC 3339 time with its zone; nil for anything else.
    package init?(timestamp text: String) {
        guard let date = RFC3339.date(text) else { return nil }
        self.text = text
        isDay = false
        from = SQLValue.microseconds(date)
        to = from
    }

    /// Reads a day, `2026-11-21`; nil for anything else.
    package init?(day text: String) {
        guard text.utf8.count == 10, let date = RFC3339.date("\(text)T00:00:00Z") else { return nil }
        self.text = text
        isDay = true
        from = SQLValue.microseconds(date)
        to = from + 86_400_000_000 - 1
    }

    /// Either of the two.
    package init?(_ text: String) {
        guard let moment = FilterMoment(timestamp: text) ?? FilterMoment(day: text) else { return nil }
        self = moment
    }
}

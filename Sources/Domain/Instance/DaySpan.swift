import Foundation

/// Whole days in a row, of the clock of some zone.
package struct DaySpan: Hashable, Sendable {
    /// Midnight of the first day.
    package let start: Date
    package let days: Int

    package static let longest = 366

    /// The last `days` days, that of `moment` included.
    ///
    /// - Parameter offset: minutes that the zone's clock is ahead of UTC.
    package init(last days: Int, upTo moment: Date, offset: Int = 0) {
        let shift = Double(offset) * 60
        let today = ((moment.timeIntervalSince1970 + shift) / 86_400).rounded(.down)
        self.days = min(max(1, days), Self.longest)
        start = Date(timeIntervalSince1970: (today - Double(self.days - 1)) * 86_400 - shift)
        self.offset = offset
    }

    /// Minutes ahead of UTC.
    package let offset: Int

    package var end: Date { start.addingTimeInterval(Double(days) * 86_400) }

    /// `2026-11-21`, for each day.
    package var names: [String] {
        (0..<days).map { day in
            let noon = start.addingTimeInterval(Double(day) * 86_400 + 43_200 + Double(offset) * 60)
            return String(RFC3339.string(noon).prefix(10))
        }
    }

    /// The number of the day of a moment; nil outside the span.
    package func day(of moment: Date) -> Int? {
        let day = Int((moment.timeIntervalSince(start) / 86_400).rounded(.down))
        return (0..<days).contains(day) ? day : nil
    }
}

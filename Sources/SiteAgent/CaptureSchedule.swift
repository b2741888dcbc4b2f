import Domain
import Foundation

/// When a picture is to be taken: every so often, between two times of the day at the place.
package struct CaptureSchedule: Sendable, Hashable {
    /// Seconds.
    let every: TimeInterval
    /// Minutes from midnight; the end belongs to it. The whole day when they are the same.
    let start: Int
    let end: Int
    let zone: TimeZone

    /// - Parameter window: `06:00-20:00`, also `22:00-04:00`; nil for the whole day.
    /// - Throws: `.unprocessable`.
    package init(every: TimeInterval, between window: String?, zone: TimeZone) throws {
        guard every >= 1 else { throw Failure(.unprocessable, "Pictures cannot be taken more often than each second.") }
        self.every = every
        self.zone = zone
        guard let window else {
            (start, end) = (0, 0)
            return
        }
        let parts = window.split(separator: "-", omittingEmptySubsequences: false).map(Self.minutes)
        guard parts.count == 2, let start = parts[0], let end = parts[1], start != end else {
            throw Failure(.unprocessable, "“\(window)” is no part of a day; write it like 06:00-20:00.")
        }
        (self.start, self.end) = (start, end)
    }

    private static func minutes(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isNumber) }),
            let hour = Int(parts[0]),
            let minute = Int(parts[1]), (0...24).contains(hour), (0...59).contains(minute), hour * 60 + minute <= 1440
        else { return nil }
        return hour * 60 + minute
    }

    /// The first moment after this one. They are counted from the window's start on each day, by the clocks of the place.
    package func next(after moment: Date) -> Date {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        for offset in -1...2 {
            guard let day = calendar.date(byAdding: .day, value: offset, to: calendar.startOfDay(for: moment)) else {
                continue
            }
            let first = time(start, of: day, calendar)
            let isWhole = start == end
            let last =
                isWhole || end <= start ? time(end, of: nextDay(day, calendar), calendar) : time(end, of: day, calendar)
            let steps = max(0, ((moment.timeIntervalSince(first)) / every).rounded(.down) + 1)
            let slot = first.addingTimeInterval(steps * every)
            // Midnight is the next day's first.
            if isWhole ? slot < last : slot <= last { return slot }
        }
        return moment.addingTimeInterval(every)
    }

    /// How many moments lie after one and before another.
    package func count(after moment: Date, before end: Date) -> Int {
        var count = 0
        var slot = next(after: moment)
        while slot < end, count < 100_000 {
            count += 1
            slot = next(after: slot)
        }
        return count
    }

    private func nextDay(_ day: Date, _ calendar: Calendar) -> Date {
        calendar.date(byAdding: .day, value: 1, to: day) ?? day.addingTimeInterval(86_400)
    }

    /// By the clocks, which may have been put forward or back since midnight.
    private func time(_ minutes: Int, of day: Date, _ calendar: Calendar) -> Date {
        if minutes == 1440 { return nextDay(day, calendar) }
        return calendar.date(bySettingHour: minutes / 60, minute: minutes % 60, second: 0, of: day)
            ?? day.addingTimeInterval(Double(minutes) * 60)
    }
}

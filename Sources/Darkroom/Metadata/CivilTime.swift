import Foundation

/// A date and a time of day as a clock shows them, in no particular zone.
struct CivilTime: Equatable, Sendable {
    let year: Int
    let month: Int
    let day: Int
    let hour: Int
    let minute: Int
    /// With its fraction; below 61, since a leap second is a second.
    let second: Double

    /// `nil` when there is no such day or time, as in `0000:00:00 00:00:00`.
    init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Double) {
        guard (1800...2200).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.days(inMonth: month, of: year), (0..<24).contains(hour), (0..<60).contains(minute),
            second >= 0, second < 61
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    /// The moment at which a clock that is `offsetSeconds` ahead of UTC shows this.
    func moment(offsetSeconds: Int = 0) -> Date {
        let whole = Double(daysSince2001 * 86_400 + hour * 3_600 + minute * 60 - offsetSeconds)
        return Date(timeIntervalSinceReferenceDate: whole + second)
    }

    var hasSubSeconds: Bool { second.truncatingRemainder(dividingBy: 1) > 0 }

    /// The same with the fraction of the second replaced.
    func withFraction(_ fraction: Double) -> CivilTime? {
        CivilTime(
            year: year, month: month, day: day, hour: hour, minute: minute, second: second.rounded(.down) + fraction)
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days of the Gregorian calendar; years are counted from March so that the leap day comes last.
    private var daysSince2001: Int {
        let shifted = month > 2 ? year : year - 1
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let daysToYear = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400
        // 1 January 2001 is day 730 791 in this count.
        return daysToYear + dayOfYear - 730_791
    }
}

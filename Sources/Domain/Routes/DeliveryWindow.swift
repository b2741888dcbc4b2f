import Foundation

/// A part of each day in which a route sends: `22:00` to `06:00` goes over midnight.
package struct DeliveryWindow: Hashable, Sendable, Codable {
    /// Minutes after midnight.
    package let from: Int
    package let to: Int
    /// As the tz database names it; nil: the server's.
    package let zone: String?

    /// - Throws: `.unprocessable` for times that are none, or the same, and zones that nobody knows.
    package init(from: String, to: String, zone: String? = nil) throws {
        guard let start = Self.minutes(from), let end = Self.minutes(to), start != end else {
            throw Route.refusal("A window is two different times of day such as 22:00 and 06:00.", "window")
        }
        guard zone.map({ TimeZone(identifier: $0) != nil }) ?? true else {
            throw Route.refusal("There is no time zone of that name; one is Europe/Paris.", "window")
        }
        (self.from, self.to, self.zone) = (start, end, zone)
    }

    /// From the first minute to the last before the end.
    package func contains(_ moment: Date) -> Bool {
        let zone = zone.flatMap(TimeZone.init(identifier:)) ?? .current
        let seconds = Int(moment.timeIntervalSince1970.rounded(.down)) + zone.secondsFromGMT(for: moment)
        let minute = ((seconds % 86_400 + 86_400) % 86_400) / 60
        return from < to ? (from..<to).contains(minute) : minute >= from || minute < to
    }

    /// `22:00`.
    package static func text(_ minutes: Int) -> String {
        let (hour, minute) = (minutes / 60, minutes % 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }

    private static func minutes(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ (1...2).contains($0.count) }), let hour = Int(parts[0]),
            let minute = Int(parts[1]), (0...23).contains(hour), (0...59).contains(minute)
        else { return nil }
        return hour * 60 + minute
    }
}

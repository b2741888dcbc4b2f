/// Dates and times as EXIF and XMP write them.
enum TimeText {
    /// A date, a time and what the text says of the zone.
    struct Reading: Equatable, Sendable {
        var time: CivilTime
        /// Seconds ahead of UTC, when the text says.
        var offsetSeconds: Int?
    }

    /// EXIF (`2024:05:06 07:08:09`) and ISO 8601 (`2024-05-06T07:08:09.123+02:00`) alike; seconds may be missing.
    static func dateTime(_ text: String) -> Reading? {
        guard text.utf8.count <= 64 else { return nil }
        let trimmed = text.trimmingSpaces()
        guard trimmed.utf8.count >= 16, let date = date(trimmed.prefix(10)) else { return nil }
        let rest = trimmed.dropFirst(10)
        guard let separator = rest.first, separator == " " || separator == "T" else { return nil }
        let (clock, zone) = splitZone(rest.dropFirst())
        let offset = zone.flatMap { self.offset($0) }
        guard zone == nil || offset != nil, let time = timeOfDay(clock) else { return nil }
        return CivilTime(
            year: date.year, month: date.month, day: date.day, hour: time.hour, minute: time.minute,
            second: time.second
        ).map { Reading(time: $0, offsetSeconds: offset) }
    }

    /// `2024:05:06`, also with `-` or `/` between.
    static func date(_ text: some StringProtocol) -> (year: Int, month: Int, day: Int)? {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "-" || $0 == "/" }
        guard parts.count == 3, parts[0].utf8.count == 4, let year = digits(parts[0]), let month = digits(parts[1]),
            let day = digits(parts[2])
        else { return nil }
        return (year, month, day)
    }

    /// `07:08:09.5` or `07:08`.
    static func timeOfDay(_ text: some StringProtocol) -> (hour: Int, minute: Int, second: Double)? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3, let hour = digits(parts[0]), let minute = digits(parts[1]) else {
            return nil
        }
        guard parts.count == 3 else { return (hour, minute, 0) }
        guard let second = NumberText.number(parts[2]), second >= 0 else { return nil }
        return (hour, minute, second)
    }

    /// `+02:00`, `-0330`, `+02` or `Z`: seconds ahead of UTC.
    static func offset(_ text: some StringProtocol) -> Int? {
        let trimmed = String(text).trimmingSpaces()
        if trimmed == "Z" || trimmed == "z" { return 0 }
        guard let sign = trimmed.first, sign == "+" || sign == "-" else { return nil }
        let figures = trimmed.dropFirst().filter { $0 != ":" }
        guard figures.utf8.count == 2 || figures.utf8.count == 4, let hours = digits(figures.prefix(2)),
            let minutes = figures.utf8.count == 4 ? digits(figures.suffix(2)) : 0, hours <= 14, minutes < 60
        else { return nil }
        return (sign == "-" ? -1 : 1) * (hours * 3_600 + minutes * 60)
    }

    /// The digits of a `SubSecTime` tag as a fraction of a second: `012` is 0.012.
    static func fraction(_ text: String) -> Double? {
        let trimmed = text.trimmingSpaces()
        guard !trimmed.isEmpty, trimmed.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Double("0." + trimmed.prefix(9))
    }

    private static func splitZone(_ text: Substring) -> (clock: Substring, zone: Substring?) {
        guard let start = text.firstIndex(where: { $0 == "+" || $0 == "-" || $0 == "Z" }) else { return (text, nil) }
        return (text[..<start], text[start...])
    }

    /// One to four ASCII digits.
    private static func digits(_ text: some StringProtocol) -> Int? {
        let utf8 = text.utf8
        guard (1...4).contains(utf8.count), utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return utf8.reduce(0) { $0 * 10 + Int($1) - 48 }
    }
}

extension String {
    /// Without spaces and NULs at its ends.
    fileprivate func trimmingSpaces() -> String {
        var scalars = unicodeScalars[...]
        while let last = scalars.last, last == " " || last == "\0" { scalars.removeLast() }
        while let first = scalars.first, first == " " || first == "\0" { scalars.removeFirst() }
        return String(scalars)
    }
}

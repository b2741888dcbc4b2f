import Foundation

/// Times on the wire (RFC 3339).
package enum RFC3339 {
    /// In UTC, with as many fractional digits as there are (none, 3 or 6).
    package static func string(_ date: Date) -> String { text(date) + "Z" }

    /// The same moment as the clocks showed it, `offset` minutes east of UTC.
    package static func string(_ date: Date, offset: Int) -> String {
        let sign = offset < 0 ? "-" : "+"
        let zone = "\(sign)\(padded(abs(offset) / 60, 2)):\(padded(abs(offset) % 60, 2))"
        return text(date.addingTimeInterval(Double(offset) * 60)) + zone
    }

    /// Documents are full of times: written digit by digit, without a string for each part.
    private static func text(_ date: Date) -> String {
        let civil = CivilDate(date)
        let year = (0...9999).contains(civil.year) ? civil.year : 0
        let digits = civil.microsecond == 0 ? 0 : civil.microsecond % 1000 == 0 ? 3 : 6
        let text = String(unsafeUninitializedCapacity: 26) { buffer in
            var end = 0
            func put(_ character: Unicode.Scalar) {
                buffer[end] = UInt8(ascii: character)
                end += 1
            }
            func put(_ number: Int, _ width: Int) {
                var rest = number
                for index in stride(from: end + width - 1, through: end, by: -1) {
                    buffer[index] = UInt8(ascii: "0") + UInt8(rest % 10)
                    rest /= 10
                }
                end += width
            }
            put(year, 4)
            put("-")
            put(civil.month, 2)
            put("-")
            put(civil.day, 2)
            put("T")
            put(civil.hour, 2)
            put(":")
            put(civil.minute, 2)
            put(":")
            put(civil.second, 2)
            if digits > 0 {
                put(".")
                put(digits == 3 ? civil.microsecond / 1000 : civil.microsecond, digits)
            }
            return end
        }
        // Beyond what RFC 3339 has room for.
        return year == civil.year ? text : padded(civil.year, 4) + text.dropFirst(4)
    }

    private static func number(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }

    /// Reads `2026-11-21T08:15:48.123Z` or with an offset; nil for anything that the RFC does not allow.
    package static func date(_ text: String) -> Date? {
        // A `+` that a client did not encode arrives as a space.
        let text = text.replacingOccurrences(of: " ", with: "+").uppercased()
        let characters = Array(text)
        guard characters.count >= 20, characters[4] == "-", characters[7] == "-", characters[10] == "T",
            characters[13] == ":", characters[16] == ":"
        else { return nil }
        func field(_ range: Range<Int>) -> Int? { number(Substring(String(characters[range]))) }
        guard let year = field(0..<4), let month = field(5..<7), let day = field(8..<10), let hour = field(11..<13),
            let minute = field(14..<16), let second = field(17..<19),
            let base = CivilDate.seconds(
                year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        var rest = Substring(String(characters[19...]))
        var fraction = 0.0
        if rest.first == "." {
            let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
            guard !digits.isEmpty, let value = Double("0.\(digits)") else { return nil }
            fraction = value
            rest = rest.dropFirst(1 + digits.count)
        }
        guard let offset = zone(rest) else { return nil }
        return Date(timeIntervalSince1970: Double(base - offset) + fraction)
    }

    /// Seconds east of UTC.
    private static func zone(_ text: Substring) -> Int? {
        if text == "Z" { return 0 }
        let characters = Array(text)
        guard characters.count == 6, characters[0] == "+" || characters[0] == "-", characters[3] == ":",
            let hours = number(Substring(String(characters[1..<3]))), hours <= 23,
            let minutes = number(Substring(String(characters[4..<6]))), minutes <= 59
        else { return nil }
        return (characters[0] == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    /// Reads a STAC `datetime`: an instant, or an interval with at most one open end (`..` or nothing).
    ///
    /// - Throws: `.invalid` with the rule that is broken.
    package static func interval(_ text: String) throws -> (from: Date?, to: Date?) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        switch parts.count {
        case 1:
            let instant = try instant(parts[0])
            return (instant, instant)
        case 2:
            let open: Set<String> = ["", ".."]
            let from = open.contains(parts[0]) ? nil : try instant(parts[0])
            let to = open.contains(parts[1]) ? nil : try instant(parts[1])
            guard from != nil || to != nil else {
                throw Failure(.invalid, "An interval in 'datetime' needs at least one end.")
            }
            if let from, let to, from > to {
                throw Failure(.invalid, "The interval in 'datetime' ends before it starts.")
            }
            return (from, to)
        default:
            throw Failure(.invalid, "'datetime' is one time, or two with a '/' between.")
        }
    }

    /// Throws `.invalid` and names the parameter when the text is no time.
    package static func moment(_ text: String, _ name: String) throws -> Date {
        guard let date = date(text) else {
            throw Failure(.invalid, "'\(name)' is an RFC 3339 time, such as 2026-05-31T12:00:00Z.")
        }
        return date
    }

    private static func instant(_ text: String) throws -> Date {
        guard let date = date(text) else {
            throw Failure(.invalid, "'datetime' holds RFC 3339 times, such as 2026-05-31T12:00:00Z.")
        }
        return date
    }
}

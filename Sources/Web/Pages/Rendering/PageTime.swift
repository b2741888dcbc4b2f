import Domain
import Foundation

/// A moment for `<time>`: the machine's form, and one for people that a script rewrites in the reader's own zone.
struct PageTime: Sendable {
    /// RFC 3339.
    let iso: String
    /// `2026-11-21 08:40 UTC`.
    let text: String

    init(_ date: Date) {
        iso = RFC3339.string(date)
        text = "\(iso.prefix(10)) \(iso.dropFirst(11).prefix(5)) UTC"
    }

    /// The clock at the place of capture, `14:03:07`.
    static func clock(_ date: Date, utcOffsetMinutes: Int) -> String {
        String(RFC3339.string(date, offset: utcOffsetMinutes).dropFirst(11).prefix(8))
    }

    /// Date and clock at the place of capture, `2026-11-21 14:03:07`: pictures of a drive are seconds apart.
    static func dateAndSeconds(_ date: Date, utcOffsetMinutes: Int) -> String {
        let text = RFC3339.string(date, offset: utcOffsetMinutes)
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8))"
    }

    /// Date and clock at the place of capture, `2026-11-21 14:03`.
    static func dateAndClock(_ date: Date, utcOffsetMinutes: Int) -> String {
        let text = RFC3339.string(date, offset: utcOffsetMinutes)
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))"
    }
}

import Domain
import Foundation

/// A value bound to a statement, or read from a column.
package enum SQLValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob(Data)

    package static func bool(_ value: Bool) -> SQLValue { .integer(value ? 1 : 0) }
    /// Times are stored as microseconds since 1970-01-01T00:00:00Z.
    package static func time(_ value: Date) -> SQLValue { .integer(microseconds(value)) }
    package static func id<Of>(_ value: Identifier<Of>) -> SQLValue { .text(value.string) }
    package static func optional<T>(_ value: T?, _ wrap: (T) -> SQLValue) -> SQLValue { value.map(wrap) ?? .null }

    /// 1970 to 2001, where `Date` counts from: arithmetic near its own zero keeps the microseconds exact.
    private static let reference: Int64 = 978_307_200_000_000

    /// Years 1 to 9999. What lies outside is taken for its nearest end: no number in a file may overflow ours.
    private static let moments: ClosedRange<Int64> = -62_135_769_600_000_000...253_402_300_799_999_999

    /// Microseconds since 1970-01-01T00:00:00Z.
    package static func microseconds(_ value: Date) -> Int64 {
        let exact = (value.timeIntervalSinceReferenceDate * 1e6).rounded()
        let (first, last) = (Double(moments.lowerBound - reference), Double(moments.upperBound - reference))
        guard exact >= first else { return moments.lowerBound }
        return exact > last ? moments.upperBound : Int64(exact) + reference
    }

    package static func date(microseconds: Int64) -> Date {
        let bounded = min(max(microseconds, moments.lowerBound), moments.upperBound)
        return Date(timeIntervalSinceReferenceDate: Double(bounded - reference) / 1e6)
    }
}

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

    /// Microseconds since 1970-01-01T00:00:00Z.
    package static func microseconds(_ value: Date) -> Int64 {
        Int64((value.timeIntervalSinceReferenceDate * 1e6).rounded()) + reference
    }

    package static func date(microseconds: Int64) -> Date {
        Date(timeIntervalSinceReferenceDate: Double(microseconds - reference) / 1e6)
    }
}

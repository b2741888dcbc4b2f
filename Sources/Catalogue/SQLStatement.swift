import Domain
import Foundation

/// A statement written as it reads, with its values: `"SELECT name FROM accounts WHERE id = \(id)"`.
///
/// Whatever is interpolated becomes a bound value; `raw:` alone puts text into the statement, and takes a
/// `StaticString` so that nothing from outside can get there.
package struct SQLStatement: ExpressibleByStringInterpolation, Sendable {
    package private(set) var sql: String
    package private(set) var values: [SQLValue]

    package init(stringLiteral text: String) {
        sql = text
        values = []
    }

    package init(stringInterpolation: StringInterpolation) {
        sql = stringInterpolation.sql
        values = stringInterpolation.values
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var sql = ""
        fileprivate var values: [SQLValue] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            sql.reserveCapacity(literalCapacity + 4 * interpolationCount)
            values.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ text: String) { sql += text }

        package mutating func appendInterpolation(_ value: SQLValue) {
            values.append(value)
            sql += "$\(values.count)"
        }
        package mutating func appendInterpolation(raw text: StaticString) { sql += "\(text)" }

        package mutating func appendInterpolation(_ value: String) { appendInterpolation(.text(value)) }
        package mutating func appendInterpolation(_ value: String?) {
            appendInterpolation(.optional(value) { .text($0) })
        }
        package mutating func appendInterpolation(_ value: Int64) { appendInterpolation(.integer(value)) }
        package mutating func appendInterpolation(_ value: Int) { appendInterpolation(.integer(Int64(value))) }
        package mutating func appendInterpolation(_ value: Int?) {
            appendInterpolation(.optional(value) { .integer(Int64($0)) })
        }
        package mutating func appendInterpolation(_ value: Double?) {
            appendInterpolation(.optional(value) { .real($0) })
        }
        package mutating func appendInterpolation(_ value: Bool) { appendInterpolation(.bool(value)) }
        package mutating func appendInterpolation(_ value: Date) { appendInterpolation(.time(value)) }
        package mutating func appendInterpolation(_ value: Date?) {
            appendInterpolation(.optional(value) { .time($0) })
        }
        package mutating func appendInterpolation<Of>(_ value: Identifier<Of>) { appendInterpolation(.id(value)) }
        package mutating func appendInterpolation<Of>(_ value: Identifier<Of>?) {
            appendInterpolation(.optional(value) { .id($0) })
        }

        /// Puts another statement in; its values are numbered on from here.
        package mutating func appendInterpolation(_ part: SQLStatement) {
            guard !part.values.isEmpty else {
                sql += part.sql
                return
            }
            var rest = part.sql[...]
            for value in part.values {
                // Values appear in the order of their numbers, since only interpolation makes them.
                guard let mark = rest.firstIndex(of: "$") else { break }
                sql += rest[..<mark]
                appendInterpolation(value)
                rest = rest[rest.index(after: mark)...].drop { $0.isWholeNumber }
            }
            sql += rest
        }
    }

    package static func + (left: SQLStatement, right: SQLStatement) -> SQLStatement { "\(left)\(right)" }
    package static func += (left: inout SQLStatement, right: SQLStatement) { left = left + right }

    /// The statements one after the other with `separator` between them.
    package static func joined(_ parts: [SQLStatement], by separator: StaticString) -> SQLStatement {
        var text = StringInterpolation(literalCapacity: 64 * parts.count, interpolationCount: parts.count)
        for (index, part) in parts.enumerated() {
            if index > 0 { text.appendInterpolation(raw: separator) }
            text.appendInterpolation(part)
        }
        return SQLStatement(stringInterpolation: text)
    }

    /// A parenthesised list of values: `($1, $2)`; `(NULL)`, which nothing equals, for none.
    package static func list(_ values: [SQLValue]) -> SQLStatement {
        values.isEmpty ? "(NULL)" : "(\(joined(values.map { "\($0)" }, by: ", ")))"
    }
}

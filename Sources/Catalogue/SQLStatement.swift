import Domain
import Foundation

/// A statement written as it reads, with its values: `"SELECT name FROM accounts WHERE id = \(id)"`.
///
/// Whatever is interpolated becomes a bound value; `raw:` alone puts text into the statement, and takes a
/// `StaticString` so that nothing from outside can get there.
package struct SQLStatement: ExpressibleByStringInterpolation, Sendable {
    /// The text around the values: always one piece more than there are values. Kept apart, so that putting a statement
    /// into another one neither reads nor numbers its text anew.
    fileprivate private(set) var pieces: [String]
    package private(set) var values: [SQLValue]

    package init(stringLiteral text: String) {
        pieces = [text]
        values = []
    }

    package init(stringInterpolation: StringInterpolation) {
        pieces = stringInterpolation.pieces
        values = stringInterpolation.values
    }

    /// The text with `$1, $2 …` where the values go.
    package var sql: String {
        var text = pieces[0]
        text.reserveCapacity(pieces.reduce(0) { $0 + $1.utf8.count + 4 })
        for (index, piece) in pieces.enumerated().dropFirst() {
            text += "$"
            text += String(index)
            text += piece
        }
        return text
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var pieces = [""]
        fileprivate var values: [SQLValue] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            pieces.reserveCapacity(interpolationCount + 1)
            values.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ text: String) { pieces[pieces.count - 1] += text }

        package mutating func appendInterpolation(_ value: SQLValue) {
            values.append(value)
            pieces.append("")
        }
        package mutating func appendInterpolation(raw text: StaticString) { appendLiteral("\(text)") }

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
            appendLiteral(part.pieces[0])
            pieces += part.pieces.dropFirst()
            values += part.values
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

    /// Conditions joined by AND or OR as a tree of few levels: SQLite refuses expressions of more than a thousand, and counts each
    /// further member of a chain as one.
    package static func condition(_ parts: [SQLStatement], by separator: StaticString) -> SQLStatement {
        guard parts.count > 8 else { return "(\(joined(parts, by: separator)))" }
        let size = (parts.count + 7) / 8
        let branches = stride(from: 0, to: parts.count, by: size).map { start in
            condition(Array(parts[start..<min(start + size, parts.count)]), by: separator)
        }
        return "(\(joined(branches, by: separator)))"
    }

    /// A parenthesised list of values: `($1, $2)`; `(NULL)`, which nothing equals, for none.
    package static func list(_ values: [SQLValue]) -> SQLStatement {
        values.isEmpty ? "(NULL)" : "(\(joined(values.map { "\($0)" }, by: ", ")))"
    }
}

import Domain
import Foundation

/// Reads the columns of a row one after the other, in the order of the select list.
package struct SQLRowReader {
    private let row: any SQLRow
    private var column = 0

    package init(_ row: any SQLRow) { self.row = row }

    private mutating func next() -> Int {
        defer { column += 1 }
        return column
    }

    private mutating func optional<Value>(_ read: (any SQLRow, Int) throws -> Value) rethrows -> Value? {
        let column = next()
        return row.isNull(column) ? nil : try read(row, column)
    }

    package mutating func skip() { column += 1 }
    package mutating func int64() -> Int64 { row.int(next()) }
    package mutating func int() -> Int { Int(row.int(next())) }
    package mutating func bool() -> Bool { row.int(next()) != 0 }
    package mutating func double() -> Double { row.double(next()) }
    package mutating func text() -> String { row.text(next()) }
    package mutating func date() -> Date { Self.date(row.int(next())) }
    package mutating func id<Of>(_ type: Identifier<Of>.Type = Identifier<Of>.self) -> Identifier<Of> {
        Identifier(stored: row.text(next()))
    }

    package mutating func optionalInt() -> Int? { optional { Int($0.int($1)) } }
    package mutating func optionalDouble() -> Double? { optional { $0.double($1) } }
    package mutating func optionalText() -> String? { optional { $0.text($1) } }
    package mutating func optionalBlob() -> Data? { optional { $0.blob($1) } }
    package mutating func optionalDate() -> Date? { optional { Self.date($0.int($1)) } }
    package mutating func optionalID<Of>(_ type: Identifier<Of>.Type = Identifier<Of>.self) -> Identifier<Of>? {
        optional { Identifier(stored: $0.text($1)) }
    }

    /// A word of an enumeration; a word we do not know is a fault of the database.
    package mutating func word<Word: RawRepresentable<String>>(_ type: Word.Type = Word.self) throws -> Word {
        try Self.word(row.text(next()))
    }
    package mutating func optionalWord<Word: RawRepresentable<String>>(_ type: Word.Type = Word.self) throws -> Word? {
        try optional { try Self.word($0.text($1)) }
    }

    package mutating func json<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try JSONText.decode(Value.self, from: row.text(next()))
    }
    /// A JSON array; most are empty, and need no decoder.
    package mutating func jsonList<Value: Decodable>(of type: Value.Type = Value.self) throws -> [Value] {
        let text = row.text(next())
        return text == "[]" ? [] : try JSONText.decode([Value].self, from: text)
    }
    /// A JSON object of texts; one that is empty needs no decoder.
    package mutating func jsonTable() throws -> [String: String] {
        let text = row.text(next())
        return text == "{}" ? [:] : try JSONText.decode([String: String].self, from: text)
    }
    package mutating func optionalJSON<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value? {
        try optional { try JSONText.decode(Value.self, from: $0.text($1)) }
    }

    private static func date(_ microseconds: Int64) -> Date { SQLValue.date(microseconds: microseconds) }

    private static func word<Word: RawRepresentable<String>>(_ text: String) throws -> Word {
        guard let word = Word(rawValue: text) else {
            throw Failure(.internalError, "The catalogue holds a word that this version does not know.")
        }
        return word
    }
}

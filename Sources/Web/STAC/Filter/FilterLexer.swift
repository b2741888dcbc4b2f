import Domain

/// Cuts CQL2 text into tokens (OGC 21-065r2, Annex B).
struct FilterLexer {
    /// Bytes of a filter; geometries of many positions go as JSON.
    static let longest = 100_000

    private let characters: [Character]
    private var index = 0

    /// Throws `.invalid` with the place of what is no token.
    static func tokens(_ text: String) throws -> [FilterToken] {
        guard text.utf8.count <= longest else {
            throw Failure(.invalid, "The filter is longer than \(longest) bytes.")
        }
        var lexer = FilterLexer(characters: Array(text))
        var tokens: [FilterToken] = []
        repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
        return tokens
    }

    private init(characters: [Character]) { self.characters = characters }

    private var current: Character? { index < characters.count ? characters[index] : nil }

    private mutating func next() throws -> FilterToken {
        while let character = current, character.isWhitespace { index += 1 }
        let place = index + 1
        guard let character = current else { return FilterToken(kind: .end, place: place) }
        return FilterToken(kind: try kind(character), place: place)
    }

    private mutating func kind(_ character: Character) throws -> FilterToken.Kind {
        if character == "'" { return .text(try enclosed("'")) }
        if character == "\"" { return .quoted(try enclosed("\"")) }
        if Self.isDigit(character) || character == "." { return .number(try number()) }
        if Self.startsWord(character) { return .word(word()) }
        let pair = String(characters[index..<min(index + 2, characters.count)])
        if ["<=", ">=", "<>"].contains(pair) {
            index += 2
            return .symbol(pair)
        }
        guard "()=<>,+-*/%^".contains(character) else {
            throw FilterParser.refused("'\(character)' is nothing that CQL2 knows", at: index + 1)
        }
        index += 1
        return .symbol(String(character))
    }

    /// What stands between two quotes; two of them inside stand for one.
    private mutating func enclosed(_ quote: Character) throws -> String {
        let start = index + 1
        index += 1
        var text = ""
        while let character = current {
            index += 1
            if character != quote {
                text.append(character)
            } else if current == quote {
                text.append(quote)
                index += 1
            } else {
                return text
            }
        }
        throw FilterParser.refused("the closing \(quote) is missing", at: start)
    }

    private mutating func number() throws -> Double {
        let start = index
        digits()
        if current == "." {
            index += 1
            digits()
        }
        if current == "e" || current == "E" {
            index += 1
            if current == "+" || current == "-" { index += 1 }
            digits()
        }
        let text = String(characters[start..<index])
        guard let number = Double(text), number.isFinite else {
            throw FilterParser.refused("'\(text.prefix(40))' is no number", at: start + 1)
        }
        return number
    }

    private mutating func digits() {
        while let character = current, Self.isDigit(character) { index += 1 }
    }

    private mutating func word() -> String {
        let start = index
        while let character = current, Self.startsWord(character) || Self.isDigit(character) || character == "." {
            index += 1
        }
        return String(characters[start..<index])
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

    private static func startsWord(_ character: Character) -> Bool {
        character.isLetter || character == "_" || character == ":"
    }
}

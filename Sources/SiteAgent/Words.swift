import Domain
import Foundation

/// Reads what people write on a command line.
package enum Words {
    /// `90s`, `10m`, `1h`, `30d`: seconds. Throws `.unprocessable`.
    package static func duration(_ text: String) throws -> TimeInterval {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let number = Int(text.dropLast()),
            (1...1_000_000).contains(number)
        else {
            throw Failure(.unprocessable, "“\(text)” is no time; write it like 90s, 10m, 1h or 30d.")
        }
        return Double(number) * unit
    }

    /// `500MB`, `50GB`, `2TB`: bytes. Throws `.unprocessable`.
    package static func size(_ text: String) throws -> Int64 {
        let units: [(String, Int64)] = [
            ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
        ]
        for (unit, bytes) in units where text.uppercased().hasSuffix(unit) {
            if let number = Int64(text.dropLast(2).trimmingCharacters(in: .whitespaces)),
                (1...1_000_000).contains(number)
            {
                return number * bytes
            }
        }
        throw Failure(.unprocessable, "“\(text)” is no size; write it like 500MB or 50GB.")
    }

    /// A command with its arguments, split at spaces; what is in '…' or "…" stays together, and a backslash takes away
    /// the next character's meaning. Nothing is expanded: there is no shell. Throws `.unprocessable`.
    package static func arguments(_ text: String) throws -> [String] {
        var arguments: [String] = []
        var current: String?
        var quote: Character?
        var isEscaped = false
        for character in text {
            if isEscaped {
                current = (current ?? "") + String(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if let open = quote {
                if character == open { quote = nil } else { current = (current ?? "") + String(character) }
            } else if character == "'" || character == "\"" {
                quote = character
                current = current ?? ""
            } else if character.isWhitespace {
                if let word = current { arguments.append(word) }
                current = nil
            } else {
                current = (current ?? "") + String(character)
            }
        }
        guard quote == nil, !isEscaped else {
            throw Failure(.unprocessable, "The command ends in the middle of a quotation.")
        }
        if let word = current { arguments.append(word) }
        guard let first = arguments.first, !first.isEmpty else {
            throw Failure(.unprocessable, "The command is empty.")
        }
        return arguments
    }
}

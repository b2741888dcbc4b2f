import Foundation

/// The sentences that the sources say to clients: texts inside `Failure(…)` and its like, with `{1}` for each gap.
enum SourceSentences {
    /// Sentences by one of the files that say them.
    static func all(in folders: [String], after words: [String] = SourceSentences.words) throws -> [String: String] {
        var found: [String: String] = [:]
        for folder in folders {
            let names = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".swift") }
            for name in names {
                let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
                for sentence in sentences(in: Array(text.utf8), after: words) { found[sentence] = "\(folder)/\(name)" }
            }
        }
        return found
    }

    /// What sentences stand in. Of the last two they are parts of one, filled into it.
    static let words = [
        "Failure(", "Problem(", "Rejection(", "Failure.notFound(", "identifier(", "refused(", "unexpected(",
    ]

    private static func sentences(in source: [UInt8], after words: [String]) -> [String] {
        var found: [String] = []
        for (start, word) in words.flatMap({ word in occurrences(of: word, in: source).map { ($0, word) } }) {
            let literals = literals(in: source, from: start)
            switch word {
            case "Failure.notFound(": found += literals.prefix(1).map { "There is no such \($0)." }
            case "identifier(": found += literals.dropFirst().prefix(1).map { "There is no such \($0)." }
            case "refused(", "unexpected(": found += literals.filter { $0.contains(" ") }
            default: found += literals.filter(isSentence)
            }
        }
        // A noun that is filled in is not known here; those who fill it in are asked above.
        return found.filter { $0 != "There is no such {1}." }
    }

    private static func isSentence(_ text: String) -> Bool {
        text.contains(" ") && (text.hasSuffix(".") || text.count > 25)
    }

    /// Where what follows the word begins.
    private static func occurrences(of word: String, in source: [UInt8]) -> [Int] {
        let needle = Array(word.utf8)
        guard source.count > needle.count else { return [] }
        return (0..<(source.count - needle.count)).filter { index in
            source[index] == needle[0] && source[index..<(index + needle.count)].elementsEqual(needle)
        }.map { $0 + needle.count }
    }

    /// The texts up to the bracket that closes; those joined by `+` as one. None for what is never told.
    private static func literals(in source: [UInt8], from start: Int) -> [String] {
        var (index, depth, joins) = (start, 1, false)
        var texts: [String] = []
        guard !source[start...].starts(with: Array(".internalError".utf8)) else { return [] }
        while depth > 0, index < source.count {
            switch source[index] {
            case UInt8(ascii: "\""):
                let (text, end) = literal(in: source, at: index)
                if joins, let last = texts.popLast() { texts.append(last + text) } else { texts.append(text) }
                (index, joins) = (end, false)
                continue
            case UInt8(ascii: "+"): joins = true
            case UInt8(ascii: " "), UInt8(ascii: "\n"): break
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): (depth, joins) = (depth + 1, false)
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): (depth, joins) = (depth - 1, false)
            default: joins = false
            }
            index += 1
        }
        return texts.map(numbered)
    }

    /// A text and where it ends; a gap is a NUL.
    private static func literal(in source: [UInt8], at start: Int) -> (text: String, end: Int) {
        var (index, bytes) = (start + 1, [UInt8]())
        while index < source.count, source[index] != UInt8(ascii: "\"") {
            guard source[index] == UInt8(ascii: "\\"), index + 1 < source.count else {
                bytes.append(source[index])
                index += 1
                continue
            }
            guard source[index + 1] == UInt8(ascii: "(") else {
                bytes.append(source[index + 1])
                index += 2
                continue
            }
            bytes.append(0)
            var depth = 1
            index += 2
            while depth > 0, index < source.count {
                if source[index] == UInt8(ascii: "\"") { index = literal(in: source, at: index).end - 1 }
                if source[index] == UInt8(ascii: "(") { depth += 1 }
                if source[index] == UInt8(ascii: ")") { depth -= 1 }
                index += 1
            }
        }
        return (String(decoding: bytes, as: UTF8.self), index + 1)
    }

    private static func numbered(_ text: String) -> String {
        let parts = text.split(separator: "\0", omittingEmptySubsequences: false)
        return parts.dropFirst().enumerated().reduce(String(parts[0])) { "\($0){\($1.offset + 1)}\($1.element)" }
    }
}

import Foundation

/// How files are named at a destination: text with words in braces, such as `{label}/{date}/{time}_{id}`. The ending is
/// added by itself.
package struct NamePattern: Hashable, Sendable {
    package let text: String

    /// What may stand in braces.
    package enum Word: String, CaseIterable, Sendable {
        case label, date, time, year, month, day, hour, id, name, kind
    }

    private enum Piece: Hashable {
        case text(String)
        case word(Word)
    }

    private let pieces: [Piece]

    /// - Throws: `.unprocessable` with what is wrong.
    package init(_ text: String) throws {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (1...200).contains(text.count) else {
            throw Route.refusal("A pattern for names has 1 to 200 characters.", "pattern")
        }
        var pieces: [Piece] = []
        var rest = Substring(text)
        while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            if brace > rest.startIndex { pieces.append(.text(String(rest[..<brace]))) }
            let after = rest[rest.index(after: brace)...]
            guard rest[brace] == "{", let end = after.firstIndex(of: "}"),
                let word = Word(rawValue: String(after[..<end]))
            else {
                throw Route.refusal(
                    "In a pattern for names these stand in braces: \(Word.allCases.map(\.rawValue).joined(separator: ", ")).",
                    "pattern")
            }
            pieces.append(.word(word))
            rest = after[after.index(after: end)...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        try Self.checkText(text)
        self.text = text
        self.pieces = pieces
    }

    private init(trusted pieces: [Piece], _ text: String) {
        self.pieces = pieces
        self.text = text
    }

    /// What it is when nobody says.
    ///
    /// - Parameter newestOnly: a name that never changes.
    package static func usual(for contents: [RouteContent], newestOnly: Bool = false) -> NamePattern {
        if newestOnly { return latest(contents.count(where: isPicture) > 1) }
        let start: [Piece] = [
            .word(.label), .text("/"), .word(.date), .text("/"), .word(.time), .text("_"), .word(.id),
        ]
        guard contents.count(where: Self.isPicture) > 1 else {
            return NamePattern(trusted: start, "{label}/{date}/{time}_{id}")
        }
        return NamePattern(trusted: start + [.text("_"), .word(.kind)], "{label}/{date}/{time}_{id}_{kind}")
    }

    private static func latest(_ isSeveral: Bool) -> NamePattern {
        let start: [Piece] = [.word(.label), .text("/latest")]
        guard isSeveral else { return NamePattern(trusted: start, "{label}/latest") }
        return NamePattern(trusted: start + [.text("-"), .word(.kind)], "{label}/latest-{kind}")
    }

    /// Whether pictures of different labels get different names.
    var tellsLabelsApart: Bool { pieces.contains(.word(.label)) || pieces.contains(.word(.id)) }

    /// The name of one file, with its ending.
    package func name(_ picture: NamedPicture, _ content: RouteContent, ending: String) -> String {
        let whole = pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .word(let word): Self.safe(picture.text(word, content))
            }
        }.joined()
        let parts = whole.split(separator: "/").map { part in
            part.hasPrefix(".") ? "_\(part.dropFirst())" : String(part)
        }
        return "\(parts.joined(separator: "/")).\(ending)"
    }

    /// - Throws: `.unprocessable` when two files of one picture would have the same name.
    func requireDistinct(_ contents: [RouteContent]) throws {
        guard !pieces.contains(.word(.kind)), contents.count(where: Self.isPicture) > 1 else { return }
        throw Route.refusal(
            "The route sends several files of each picture: its pattern for names needs {kind}.", "pattern")
    }

    private static func isPicture(_ content: RouteContent) -> Bool { content != .item && content != .raw }

    private static func checkText(_ text: String) throws {
        let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\\" && $0.value != 0x7F && $0 != ":" }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard isPlain, parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") }) else {
            throw Route.refusal(
                "A pattern for names has parts between slashes, none of them empty or beginning with a dot.", "pattern")
        }
    }

    /// Nothing that leads elsewhere, or that a file system does not take.
    private static func safe(_ text: String) -> String {
        String(
            text.unicodeScalars.map { scalar in
                let isPlain = CharacterSet.alphanumerics.contains(scalar) || "-_. ".unicodeScalars.contains(scalar)
                return isPlain ? Character(scalar) : "_"
            })
    }
}

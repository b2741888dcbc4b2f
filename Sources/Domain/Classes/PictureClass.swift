/// One class of a scheme: a value that a picture or a box can be given.
package struct PictureClass: Hashable, Sendable, Codable {
    /// The value of the tag; unique within its scheme.
    package let value: String
    /// What people read, in English and in French.
    package let english: String
    package let french: String
    /// Six hexadecimal digits after `#`, in lower case.
    package let colour: String
    /// The key that chooses it, 0–9; unique within its scheme. Nil: it is chosen with the mouse, or by Tab.
    package let digit: Int?

    private static let longestTitle = 80

    /// A title that is empty is the value.
    ///
    /// - Throws: `.unprocessable` with the rule that is broken.
    package init(value: String, english: String, french: String, colour: String, digit: Int?) throws {
        let value = value.trimmed
        _ = try SemanticTag(checking: "key", value)
        let (english, french) = (english.trimmed, french.trimmed)
        for title in [english, french] {
            guard title.count <= Self.longestTitle, !title.holdsControls else {
                throw Failure(
                    .unprocessable, "A class's title has at most \(Self.longestTitle) characters, in one line.")
            }
        }
        let colour = colour.lowercased()
        guard colour.wholeMatch(of: /#[0-9a-f]{6}/) != nil else {
            throw Failure(.unprocessable, "A class's colour is written as #rrggbb.")
        }
        guard digit.map({ (0...9).contains($0) }) ?? true else {
            throw Failure(.unprocessable, "A class's key is a digit from 0 to 9.")
        }
        self.value = value
        self.english = english.isEmpty ? value : english
        self.french = french.isEmpty ? self.english : french
        self.colour = colour
        self.digit = digit
    }
}

extension String {
    /// Without spaces and line ends around it.
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    /// Whether there is a line end, a tab or the like in it.
    fileprivate var holdsControls: Bool { unicodeScalars.contains { $0.properties.generalCategory == .control } }
}

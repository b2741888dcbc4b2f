import Domain
import Foundation
import Mustache

/// All words of the pages in one language: sections of keys, as in `Templates/Language/en.json`.
package struct PageWords: Sendable {
    package let language: Language
    /// Section, then key.
    package let sections: [String: [String: String]]

    /// Reads the words of one language.
    ///
    /// - Throws: `.internalError` when the file is missing or is not two levels of text.
    package init(language: Language, folder: String) throws {
        let path = "\(folder)/Language/\(language.rawValue).json"
        do {
            let data = try Data(contentsOf: URL(fileURLWithPath: path))
            let read = try JSONDecoder().decode([String: [String: String]].self, from: data)
            sections = language == .french ? read.mapValues { $0.mapValues(Self.unbroken) } : read
        } catch {
            throw Failure(.internalError, "The words of the pages cannot be read from \(path).", underlying: error)
        }
        self.language = language
    }

    /// French puts a space before `:`, `;`, `!`, `?` and within guillemets, where a line must not break.
    private static func unbroken(_ text: String) -> String {
        guard text.contains(" ") else { return text }
        let ends = [":", ";", "!", "?", "»"].reduce(text) { $0.replacing(" \($1)", with: "\u{A0}\($1)") }
        return ends.replacing("« ", with: "«\u{A0}")
    }

    /// The text of `section.key`; the key itself where there is none, so that a gap shows.
    package func callAsFunction(_ key: String) -> String {
        let parts = key.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let text = sections[String(parts[0])]?[String(parts[1])] else { return key }
        return text
    }

    /// The text of `section.key` with `{name}` replaced by its value.
    package func callAsFunction(_ key: String, _ values: [String: String]) -> String {
        values.reduce(self(key)) { text, value in text.replacing("{\(value.key)}", with: value.value) }
    }

    /// The text for `count` things, in the singular or plural of the language (CLDR: French says 0 in the singular).
    package func callAsFunction(_ key: String, count: Int, _ values: [String: String] = [:]) -> String {
        let isOne = language == .french ? count == 0 || count == 1 : count == 1
        let values = values.merging(["n": PageFormat(language).number(count)]) { own, _ in own }
        return self(isOne ? "\(key)_one" : "\(key)_other", values)
    }
}

extension PageWords: MustacheParent {
    package func child(named name: String) -> Any? { sections[name] }
}

/// One setting: how it is called on the command line, in the environment and in the file, and what it means.
package struct SettingKey: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case text, folder, file, wholeNumber = "whole number", yesOrNo = "yes or no", list
    }

    /// Lower case with hyphens: `max-pixels`.
    package let name: String
    package let kind: Kind
    /// The value when nothing is said, in words.
    package let fallback: String
    /// What it decides: one or two plain sentences.
    package let meaning: String
    /// Not taken from the command line, which everybody on the machine can read.
    package let isSecret: Bool

    package init(_ name: String, _ kind: Kind, fallback: String, isSecret: Bool = false, _ meaning: String) {
        self.name = name
        self.kind = kind
        self.fallback = fallback
        self.meaning = meaning
        self.isSecret = isSecret
    }

    /// `WAYSIDE_MAX_PIXELS`.
    package var variable: String {
        "WAYSIDE_" + name.uppercased().replacing("-", with: "_")
    }

    /// `--max-pixels`.
    package var option: String { "--\(name)" }
}

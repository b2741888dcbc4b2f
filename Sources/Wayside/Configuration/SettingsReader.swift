import Configuration
import Domain
import Foundation

/// Looks settings up: command line first, then environment, then file. What cannot be read is an error, never ignored.
package struct SettingsReader {
    private let providers: [any ConfigProvider]

    package init(_ providers: [any ConfigProvider]) { self.providers = providers }

    package func text(_ key: SettingKey) throws -> String? {
        guard case .string(let text)? = try content(key, .string), !text.isEmpty else { return nil }
        return text
    }

    package func wholeNumber(_ key: SettingKey, in range: ClosedRange<Int>) throws -> Int? {
        guard case .int(let number)? = try content(key, .int) else { return nil }
        guard range.contains(number) else {
            throw Self.invalid(key, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    package func yesOrNo(_ key: SettingKey) throws -> Bool? {
        guard case .bool(let value)? = try content(key, .bool) else { return nil }
        return value
    }

    package func list(_ key: SettingKey) throws -> [String] {
        guard case .stringArray(let texts)? = try content(key, .stringArray) else { return [] }
        return texts.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    /// An absolute path; a relative one counts from the working folder, `~/` from the person's home.
    package func path(_ key: SettingKey) throws -> String? {
        guard let text = try text(key) else { return nil }
        let expanded = (text as NSString).expandingTildeInPath
        return URL(filePath: expanded).standardizedFileURL.path
    }

    /// Said directly, or the first line of a file.
    package func secret(_ key: SettingKey, orFile file: SettingKey) throws -> String? {
        guard let path = try path(file) else { return try text(key) }
        guard try text(key) == nil else { throw Failure(.unprocessable, "Say \(key.name) or \(file.name), not both.") }
        guard let bytes = FileManager.default.contents(atPath: path),
            let line = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).first
        else {
            throw Failure(.unprocessable, "The file of the setting \(file.name), \(path), is empty or cannot be read.")
        }
        return line.trimmingCharacters(in: .whitespaces)
    }

    /// One of a few words.
    package func word<Word: RawRepresentable & CaseIterable>(_ key: SettingKey, as type: Word.Type) throws -> Word?
    where Word.RawValue == String {
        guard let text = try text(key) else { return nil }
        guard let word = Word(rawValue: text.lowercased()) else {
            throw Self.invalid(key, "one of " + Word.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return word
    }

    private func content(_ key: SettingKey, _ type: ConfigType) throws -> ConfigContent? {
        for provider in providers {
            do {
                let found = try provider.value(forKey: AbsoluteConfigKey([key.name]), type: type).value
                if let found, found.content != .string(""), found.content != .stringArray([]) { return found.content }
            } catch {
                throw Self.invalid(key, Self.expectation(type))
            }
        }
        return nil
    }

    private static func expectation(_ type: ConfigType) -> String {
        switch type {
        case .int: "a whole number"
        case .bool: "true or false"
        case .stringArray: "a list of texts"
        default: "a text"
        }
    }

    private static func invalid(_ key: SettingKey, _ expected: String) -> Failure {
        Failure(.unprocessable, "The setting \(key.name) (\(key.option), \(key.variable)) must be \(expected).")
    }
}

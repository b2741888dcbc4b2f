import Foundation
import Synchronization

/// The sentences of failures in another language than the English that they are written in.
///
/// `Templates/Language/sentences-fr.json` names each English sentence with `{1}`, `{2}` … where something is filled in.
package struct Sentences: Sendable {
    /// A sentence with gaps: what stands between them, and what it becomes.
    fileprivate struct Pattern: Sendable {
        let parts: [String]
        let names: [String]
        let target: String
    }

    /// English as it is.
    package static let english = Sentences(sentences: [:])

    private let exact: [String: String]
    /// The most particular first.
    private let patterns: [Pattern]

    package init(sentences: [String: String]) {
        exact = sentences
        patterns = sentences.compactMap { english, target in
            let gaps = english.matches(of: /\{\d\}/)
            guard !gaps.isEmpty else { return nil }
            var (parts, start) = ([String](), english.startIndex)
            for gap in gaps {
                parts.append(String(english[start..<gap.range.lowerBound]))
                start = gap.range.upperBound
            }
            return Pattern(
                parts: parts + [String(english[start...])], names: gaps.map { String($0.output) }, target: target)
        }.sorted { $0.weight > $1.weight }
    }

    /// The sentence in this language; as it was where it is not known.
    package func callAsFunction(_ sentence: String) -> String {
        if let known = exact[sentence] { return known }
        for pattern in patterns {
            guard let values = pattern.values(in: sentence) else { continue }
            // What is filled in may be a sentence itself; what stands in quotes is what somebody wrote.
            return values.indices.reduce(pattern.target) { text, index in
                let value = values[index]
                return text.replacing(
                    pattern.names[index], with: pattern.parts[index].hasSuffix("'") ? value : self(value))
            }
        }
        return sentence
    }

    private static let known = Mutex<[String: Sentences]>([:])

    /// The sentences of a language, read once for each folder of templates. English where they cannot be read: there must
    /// be something to say even then.
    static func of(_ language: Language, folder: String) -> Sentences {
        guard language != .english else { return english }
        let path = "\(folder)/Language/sentences-\(language.rawValue).json"
        if let sentences = known.withLock({ $0[path] }) { return sentences }
        guard let data = try? Data(contentsOf: URL(filePath: path)),
            let texts = try? JSONDecoder().decode([String: String].self, from: data)
        else { return english }
        let sentences = Sentences(sentences: texts)
        known.withLock { $0[path] = sentences }
        return sentences
    }
}

extension Sentences.Pattern {
    /// Letters that have to be there.
    fileprivate var weight: Int { parts.reduce(0) { $0 + $1.count } }

    /// What stands in the gaps; nil when the sentence is another one.
    fileprivate func values(in sentence: String) -> [String]? {
        guard let first = parts.first, let last = parts.last, sentence.hasPrefix(first), sentence.hasSuffix(last),
            sentence.count >= first.count + last.count
        else { return nil }
        var rest = sentence.dropFirst(first.count).dropLast(last.count)
        var values: [String] = []
        for part in parts.dropFirst().dropLast() {
            guard let found = rest.firstRange(of: part) else { return nil }
            values.append(String(rest[..<found.lowerBound]))
            rest = rest[found.upperBound...]
        }
        return values + [String(rest)]
    }
}

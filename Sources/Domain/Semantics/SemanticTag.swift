/// A meaning: key = value. A thing may have several values of one key, but each pair only once.
package struct SemanticTag: Hashable, Sendable, Comparable, Codable {
    /// In characters, as Panoramax allows them.
    package static let longestKey = 256
    package static let longestValue = 2048

    package let key: String
    package let value: String

    /// Checks what came from outside; throws `.unprocessable` with the rule that is broken.
    package init(checking key: String, _ value: String) throws {
        guard (1...Self.longestKey).contains(key.count) else {
            throw Failure(.unprocessable, "A tag's key has 1 to \(Self.longestKey) characters.")
        }
        guard (1...Self.longestValue).contains(value.count) else {
            throw Failure(.unprocessable, "A tag's value has 1 to \(Self.longestValue) characters.")
        }
        guard !(key + value).unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw Failure(.unprocessable, "A tag holds no control characters.")
        }
        self.init(key: key, value: value)
    }

    /// A tag that this program wrote itself.
    package init(key: String, value: String) {
        self.key = key
        self.value = value
    }

    package static func < (left: Self, right: Self) -> Bool { (left.key, left.value) < (right.key, right.value) }
}

import Foundation

/// The identity of a thing of type `Of`: a random UUID (RFC 9562 version 4), written in lower case.
package struct Identifier<Of>: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The identifier as the standards write it: 36 lower-case characters.
    package let string: String

    /// A new random identifier.
    package init() { string = UUID().uuidString.lowercased() }

    /// Reads 36 characters of a UUID in any case; `nil` for anything else.
    package init?(_ text: String) {
        guard text.utf8.count == 36, let uuid = UUID(uuidString: text) else { return nil }
        string = uuid.uuidString.lowercased()
    }

    /// Trusts text that this program wrote itself (a row of the catalogue).
    package init(stored text: String) { string = text }

    package var description: String { string }

    package static func < (left: Self, right: Self) -> Bool { left.string < right.string }
}

extension Identifier: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = Identifier(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not a UUID: \(text.prefix(40))"))
        }
        self = value
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(string)
    }
}

import Crypto
import Domain
import Foundation
import HTTPTypes

/// A strong entity tag (RFC 9110 §8.8.3).
struct EntityTag: Hashable {
    /// What stands between the quotes.
    let opaque: String

    init(_ opaque: String) { self.opaque = opaque }

    /// Of a document as it is sent.
    init(of document: JSON) { opaque = HexadecimalText.of(SHA256.hash(data: document.bytes).prefix(12)) }

    var text: String { "\"\(opaque)\"" }

    /// What compression puts behind the tag of what it compressed.
    static let compressedSuffix = "-gzip"

    /// Whether `If-Match` names it: strong tags only (§13.1.1), also as compression has named it.
    func matches(ifMatch values: [String]) -> Bool {
        values.joined(separator: ",").split(separator: ",").contains { entry in
            let candidate = entry.trimmingCharacters(in: .whitespaces)
            return candidate == "*" || candidate == text || candidate == "\"\(opaque)\(Self.compressedSuffix)\""
        }
    }

    /// Whether `If-None-Match` names it; weak tags and the compressed form match too (§13.1.2).
    func matches(ifNoneMatch values: [String]) -> Bool {
        values.joined(separator: ",").split(separator: ",").contains { entry in
            let tag = entry.drop { $0 == " " }
            let trimmed = tag.hasPrefix("W/") ? tag.dropFirst(2) : tag
            let value = trimmed.reversed().drop { $0 == " " }.reversed()
            let candidate = String(value)
            return candidate == "*" || candidate == text || candidate == "\"\(opaque)\(Self.compressedSuffix)\""
        }
    }
}

import HTTPTypes

/// A strong entity tag (RFC 9110 §8.8.3).
struct EntityTag: Hashable {
    /// What stands between the quotes.
    let opaque: String

    init(_ opaque: String) { self.opaque = opaque }

    var text: String { "\"\(opaque)\"" }

    /// What compression puts behind the tag of what it compressed.
    static let compressedSuffix = "-gzip"

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

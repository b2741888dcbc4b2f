/// A language the pages speak.
package enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case french = "fr"

    /// The cookie in which a person's choice is remembered.
    package static let cookieName = "wayside-language"

    /// The best of ours for an `Accept-Language` value (RFC 9110 §12.5.4); nil when it names none of ours.
    package static func preferred(in header: String, among offered: [Language] = allCases) -> Language? {
        var best: (language: Language, quality: Double)?
        for entry in header.split(separator: ",") {
            let parts = entry.split(separator: ";")
            guard let tag = parts.first?.filter({ $0 != " " }).lowercased() else { continue }
            guard let language = Language(rawValue: String(tag.prefix { $0 != "-" })), offered.contains(language)
            else { continue }
            let quality = parts.dropFirst().compactMap(Self.quality).first ?? 1
            if quality > (best?.quality ?? 0) { best = (language, quality) }
        }
        return best?.language
    }

    private static func quality(_ parameter: Substring) -> Double? {
        let text = parameter.filter { $0 != " " }
        return text.hasPrefix("q=") ? Double(text.dropFirst(2)) : nil
    }
}

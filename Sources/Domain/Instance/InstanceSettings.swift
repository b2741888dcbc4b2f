/// What administrators say of the whole instance; what is absent is as the server's settings say.
package struct InstanceSettings: Hashable, Sendable, Codable {
    /// What it is called.
    package var name: String?
    /// `#rrggbb`: of buttons and links.
    package var accent: String?
    /// Codes of the languages that the pages are offered in, the first for who prefers none; empty: all.
    package var languages: [String]
    /// The terms of use by code of language; plain text with the few signs that `TermsText` knows.
    package var terms: [String: String]

    package static let longestName = 60
    package static let longestTerms = 50_000

    package init(
        name: String? = nil, accent: String? = nil, languages: [String] = [], terms: [String: String] = [:]
    ) {
        self.name = name
        self.accent = accent
        self.languages = languages
        self.terms = terms
    }

    /// Throws `.unprocessable` (`details["reason"]` says which) for what cannot be.
    ///
    /// - Parameter known: codes of the languages that there are words in.
    package func check(known: [String]) throws {
        if let name {
            let isClean = name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
            guard !name.isEmpty, name.count <= Self.longestName, isClean else {
                throw Failure(
                    .unprocessable, "The name of the instance has 1 to 60 characters.", details: ["reason": "bad_name"])
            }
        }
        if let accent { _ = try AccentColour(accent) }
        guard Set(languages).count == languages.count, languages.allSatisfy(known.contains) else {
            throw Failure(
                .unprocessable, "Choose among the languages that the pages speak.", details: ["reason": "bad_language"])
        }
        guard terms.keys.allSatisfy(known.contains), terms.values.allSatisfy({ $0.count <= Self.longestTerms }) else {
            throw Failure(
                .unprocessable, "The terms of use have at most 50,000 characters in each language.",
                details: ["reason": "bad_terms"])
        }
    }
}

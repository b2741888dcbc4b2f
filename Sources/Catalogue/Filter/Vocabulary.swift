import Domain

/// The names that filters and orders know, and what each stands for.
package struct Vocabulary: Sendable {
    package let queryables: [Queryable]
    /// Tags by their keys.
    let meaning: MeaningSource
    /// Names from other servers.
    private let aliases: [String: String]
    private let byName: [String: Queryable]

    init(_ queryables: [Queryable], meaning: MeaningSource, aliases: [String: String] = [:]) {
        self.queryables = queryables
        self.meaning = meaning
        self.aliases = aliases
        byName = Dictionary(queryables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What begins the name of a tag: `semantics.KEY`.
    package static let tagPrefix = "semantics."

    /// The key of a tag that is named in full; nil for another name.
    func tagKey(_ name: String) -> String? {
        let name = plain(name)
        guard name.hasPrefix(Self.tagPrefix), name.count > Self.tagPrefix.count else { return nil }
        return String(name.dropFirst(Self.tagPrefix.count))
    }

    /// Throws `.invalid` with the name when there is nothing of that name.
    func find(_ name: String) throws -> Queryable {
        guard let queryable = byName[plain(name)] else {
            throw Failure(
                .invalid, "There is no property '\(name.prefix(80))' here; /api/queryables lists them all.",
                details: ["property": String(name.prefix(80))])
        }
        return queryable
    }

    /// STAC API lets clients say where in an item a property is.
    private func plain(_ name: String) -> String {
        let name = name.hasPrefix("properties.") ? String(name.dropFirst("properties.".count)) : name
        return aliases[name] ?? name
    }
}

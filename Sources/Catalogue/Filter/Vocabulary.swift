import Domain

/// The names that filters and orders know, and what each stands for.
package struct Vocabulary: Sendable {
    package let queryables: [Queryable]
    /// Tags by their keys; nil where there are none.
    let meaning: MeaningSource?
    /// Names from other servers.
    private let aliases: [String: String]
    private let byName: [String: Queryable]

    init(_ queryables: [Queryable], meaning: MeaningSource?, aliases: [String: String] = [:]) {
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
        guard meaning != nil, name.hasPrefix(Self.tagPrefix), name.count > Self.tagPrefix.count else { return nil }
        return String(name.dropFirst(Self.tagPrefix.count))
    }

    /// Throws `.invalid` with the name when there is nothing of that name.
    func find(_ name: String) throws -> Queryable {
        if let queryable = byName[plain(name)] { return queryable }
        let name = String(name.prefix(80))
        guard meaning != nil else {
            let names = queryables.map(\.name).joined(separator: ", ")
            throw Failure(
                .invalid, "There is no property '\(name)' here; there are \(names).", details: ["property": name])
        }
        throw Failure(
            .invalid, "There is no property '\(name)' here; /api/queryables lists them all.",
            details: ["property": name])
    }

    /// The values of a tag, in a column `value`.
    func values(of key: String) -> SQLStatement { meaning?.values(of: key) ?? "SELECT NULL AS value WHERE 1 = 0" }

    /// STAC API lets clients say where in an item a property is.
    private func plain(_ name: String) -> String {
        let name = name.hasPrefix("properties.") ? String(name.dropFirst("properties.".count)) : name
        return aliases[name] ?? name
    }
}

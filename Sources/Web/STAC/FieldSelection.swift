import Domain

/// Which fields of its items a search answers with (STAC API fields extension 1.0.0).
///
/// Names of one level are fields of the item; where there is no such field they are properties. Deeper ones are told by
/// dots, though names may hold dots themselves.
struct FieldSelection {
    /// Nil: all fields but the excluded ones.
    private let included: [String]?
    private let excluded: [String]

    /// What an empty selection means.
    private static let usual = [
        "type", "stac_version", "id", "collection", "geometry", "bbox", "links", "assets", "properties.datetime",
    ]
    /// What says which item it is.
    private static let always = ["type", "stac_version", "id", "collection"]
    private static let most = 100
    /// Bytes of a name, and names in one another.
    private static let longest = 200
    private static let deepest = 10

    /// Reads `id,+properties.datetime,-assets`.
    init(text: String) throws {
        let names = text.split(separator: ",").map { $0.trimmed }.filter { !$0.isEmpty }
        let excluded = names.filter { $0.hasPrefix("-") }.map { String($0.dropFirst()) }
        // An unencoded plus sign arrives as a space and is gone by now.
        let included = names.filter { !$0.hasPrefix("-") }.map { $0.hasPrefix("+") ? String($0.dropFirst()) : $0 }
        try self.init(included: excluded.isEmpty || !included.isEmpty ? included : nil, excluded: excluded)
    }

    /// Reads `{"include": […], "exclude": […]}`.
    init(json: JSON) throws {
        guard case .object(let object) = json else { throw Failure(.invalid, "'fields' is an object.") }
        for member in object.members where !["include", "exclude"].contains(member.name) {
            throw Failure(.invalid, "'fields' holds 'include' and 'exclude', not '\(member.name.prefix(40))'.")
        }
        let excluded = try Self.names(object["exclude"])
        let isAllButExcluded = object["include"] == nil && !excluded.isEmpty
        try self.init(included: isAllButExcluded ? nil : Self.names(object["include"]), excluded: excluded)
    }

    private init(included: [String]?, excluded: [String]) throws {
        guard (included?.count ?? 0) + excluded.count <= Self.most else {
            throw Failure(.invalid, "'fields' names at most \(Self.most) fields.")
        }
        for name in (included ?? []) + excluded {
            guard name.utf8.count <= Self.longest, name.count(where: { $0 == "." }) < Self.deepest else {
                throw Failure(
                    .invalid, "A name in 'fields' has at most \(Self.longest) bytes and \(Self.deepest) levels.")
            }
        }
        guard let included else {
            self.included = nil
            self.excluded = excluded
            return
        }
        self.included = included.isEmpty ? Self.usual : Self.always + included
        // What is in both is included.
        self.excluded = excluded.filter { !included.contains($0) }
    }

    private static func names(_ value: JSON?) throws -> [String] {
        guard let value, value != .null else { return [] }
        guard case .array(let values) = value else {
            throw Failure(.invalid, "'include' and 'exclude' are arrays of strings.")
        }
        return try values.map { value in
            guard case .string(let name) = value else {
                throw Failure(.invalid, "'include' and 'exclude' are arrays of strings.")
            }
            return name
        }
    }

    func apply(to item: JSON) -> JSON {
        guard case .object(let whole) = item else { return item }
        guard let included else { return .object(excluded.reduce(whole) { Self.without($1, $0, isItem: true) }) }
        var result = JSONObject()
        // What is named in full is not taken away again by the name of what holds it.
        let base = excluded.reduce(whole) { Self.without($1, $0, isItem: true) }
        for name in included {
            let source = excluded.contains { name.hasPrefix("\($0).") } ? whole : base
            if let found = Self.only(name, source, isItem: true) { result = Self.merged(result, found) }
        }
        return .object(result)
    }

    /// The part of an object that a name means, in its place; nil when there is none.
    private static func only(_ name: String, _ object: JSONObject, isItem: Bool = false) -> JSONObject? {
        if let value = object[name] { return [name: value] }
        for (head, tail) in splits(name) {
            if let inner = object[head]?.asObject, let found = only(tail, inner) { return [head: .object(found)] }
        }
        return isItem ? only("properties.\(name)", object) : nil
    }

    private static func without(_ name: String, _ object: JSONObject, isItem: Bool = false) -> JSONObject {
        var result = object
        if object[name] != nil {
            result[name] = nil
            return result
        }
        for (head, tail) in splits(name) {
            guard let inner = object[head]?.asObject else { continue }
            let rest = without(tail, inner)
            guard rest != inner else { continue }
            result[head] = .object(rest)
            return result
        }
        return isItem ? without("properties.\(name)", object) : result
    }

    private static func splits(_ name: String) -> [(String, String)] {
        name.indices.filter { name[$0] == "." }.map { (String(name[..<$0]), String(name[name.index(after: $0)...])) }
    }

    private static func merged(_ left: JSONObject, _ right: JSONObject) -> JSONObject {
        var result = left
        for member in right.members {
            if let old = result[member.name]?.asObject, let new = member.value.asObject {
                result[member.name] = .object(merged(old, new))
            } else {
                result[member.name] = member.value
            }
        }
        return result
    }
}

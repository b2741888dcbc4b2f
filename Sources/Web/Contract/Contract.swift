import Domain

/// The OpenAPI document of the API, to be asked for its parts.
package struct Contract: Sendable {
    package let document: JSON
    /// In the order of the document.
    package let operations: [ContractOperation]

    private static let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]

    /// - Throws: `.invalid` with the line or the part that cannot be read.
    package init(yaml: String) throws {
        let document = try YAMLReader.read(yaml)
        guard case .object(let root) = document, case .object(let paths)? = root["paths"] else {
            throw Failure(.invalid, "The document has no paths.")
        }
        self.document = document
        operations = try paths.members.flatMap { path in
            guard case .object(let item) = path.value else {
                throw Failure(.invalid, "\(path.name) has no operations.")
            }
            return try Self.operations(of: path.name, item, in: document)
        }
    }

    private static func operations(of path: String, _ item: JSONObject, in document: JSON) throws
        -> [ContractOperation]
    {
        try item.members.filter { methods.contains($0.name) }.map { member in
            guard case .object(let object) = member.value else {
                throw Failure(.invalid, "\(member.name) \(path) says nothing.")
            }
            let shared = item["parameters"]?.elements ?? []
            return ContractOperation(
                method: member.name.uppercased(), path: path, object: object,
                parameters: (shared + (object["parameters"]?.elements ?? [])).map { resolve($0, in: document) })
        }
    }

    /// What a `$ref` leads to; any other value as it is. A reference that leads nowhere gives null.
    func resolve(_ value: JSON) -> JSON { Self.resolve(value, in: document) }

    private static func resolve(_ value: JSON, in document: JSON) -> JSON {
        guard let reference = value["$ref"]?.string, reference.hasPrefix("#/") else { return value }
        return reference.dropFirst(2).split(separator: "/").reduce(document) { part, name in
            part[String(name)] ?? .null
        }
    }
}

extension JSON {
    /// A member of an object; nil for anything else.
    subscript(name: String) -> JSON? {
        guard case .object(let object) = self else { return nil }
        return object[name]
    }

    /// The text of a string; nil for anything else.
    var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The members of an array; nil for anything else.
    var elements: [JSON]? {
        guard case .array(let values) = self else { return nil }
        return values
    }

    /// The members of an object; none for anything else.
    var members: [JSONObject.Member] {
        guard case .object(let object) = self else { return [] }
        return object.members
    }
}

/// What a JSON Schema says of a value's type, in a few words, and the named schema to look at.
struct SchemaText: Sendable {
    let text: String
    /// The anchor of the named schema on the page.
    let href: String?

    init(_ schema: JSON) {
        text = Self.describe(schema)
        href = Self.name(in: schema).map { "#schema-\($0)" }
    }

    /// The name of the schema that it is, or is a list of.
    static func name(in schema: JSON) -> String? {
        if let reference = schema["$ref"]?.string { return reference.split(separator: "/").last.map(String.init) }
        if let items = schema["items"] { return name(in: items) }
        return schema["oneOf"]?.elements?.lazy.compactMap(name).first
    }

    private static func describe(_ schema: JSON) -> String {
        if schema["$ref"] != nil { return name(in: schema) ?? "" }
        if let constant = schema["const"] { return constant.text }
        if let values = schema["enum"]?.elements { return values.map { $0.string ?? $0.text }.joined(separator: " | ") }
        if let choices = (schema["oneOf"] ?? schema["anyOf"])?.elements {
            return choices.map(describe).joined(separator: " | ")
        }
        guard let type = schema["type"] else { return "any" }
        let names = type.elements?.compactMap(\.string) ?? [type.string].compactMap(\.self)
        return names.map { name in
            switch name {
            case "array": "\(schema["items"].map(describe) ?? "any")[]"
            case "string": schema["format"]?.string ?? schema["contentMediaType"]?.string ?? name
            default: name
            }
        }.joined(separator: " | ")
    }
}

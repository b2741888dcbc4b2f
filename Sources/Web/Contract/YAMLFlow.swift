/// Reads one line of YAML: a scalar, or lists and mappings in brackets.
struct YAMLFlow {
    /// What has not been read yet.
    private(set) var rest: Substring

    init(_ text: Substring) { rest = text }

    /// The value of the whole line; nil when it cannot be read.
    mutating func value() -> JSON? {
        guard let value = one(inside: false) else { return nil }
        skipSpaces()
        return rest.isEmpty ? value : nil
    }

    private mutating func one(inside: Bool) -> JSON? {
        skipSpaces()
        switch rest.first {
        case "{": return mapping()
        case "[": return list()
        case "'", "\"": return quoted().map(JSON.string)
        default: return plain(inside: inside)
        }
    }

    private mutating func mapping() -> JSON? {
        rest.removeFirst()
        var object = JSONObject()
        while !take("}") {
            guard let key = key(), object[key] == nil else { return nil }
            skipSpaces()
            guard take(":"), let value = one(inside: true) else { return nil }
            object[key] = value
            if !take(",") { return take("}") ? .object(object) : nil }
        }
        return .object(object)
    }

    private mutating func list() -> JSON? {
        rest.removeFirst()
        var values: [JSON] = []
        while !take("]") {
            guard let value = one(inside: true) else { return nil }
            values.append(value)
            if !take(",") { return take("]") ? .array(values) : nil }
        }
        return .array(values)
    }

    private mutating func key() -> String? {
        skipSpaces()
        if rest.first == "'" || rest.first == "\"" { return quoted() }
        let name = rest.prefix { $0 != ":" && $0 != "," && $0 != "}" && $0 != "{" && $0 != "[" }
        rest = rest[name.endIndex...]
        return name.isEmpty ? nil : String(name)
    }

    /// Up to a comma or bracket inside brackets, else to the end of the line.
    private mutating func plain(inside: Bool) -> JSON? {
        let text = inside ? rest.prefix { !",]}{[".contains($0) } : rest
        rest = rest[text.endIndex...]
        // A colon before a space would be a mapping, a hash behind one a comment: neither is meant to be here.
        guard !text.contains(": "), !text.hasSuffix(":"), !text.contains(" #") else { return nil }
        return YAMLScalar.value(String(text).trimmed)
    }

    /// A text in quotes: doubled single quotes, or JSON's escapes in double quotes.
    mutating func quoted() -> String? {
        guard let quote = rest.popFirst() else { return nil }
        var text = ""
        while let character = rest.popFirst() {
            if character == quote {
                guard quote == "'", rest.first == "'" else { return text }
                rest.removeFirst()
                text.append("'")
            } else if character == "\\", quote == "\"" {
                guard let escaped = rest.popFirst(), let meant = Self.escapes[escaped] else { return nil }
                text.append(meant)
            } else {
                text.append(character)
            }
        }
        return nil
    }

    private static let escapes: [Character: Character] = ["\"": "\"", "\\": "\\", "/": "/", "n": "\n", "t": "\t"]

    private mutating func take(_ character: Character) -> Bool {
        skipSpaces()
        guard rest.first == character else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func skipSpaces() { rest = rest.drop { $0 == " " } }
}

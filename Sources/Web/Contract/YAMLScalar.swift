import Foundation

/// Keys and plain scalars of YAML (1.2, core schema).
enum YAMLScalar {
    /// The key that a line begins with and what follows its colon; nil when the line is no member of a mapping.
    static func key(of line: Substring) -> (key: String, rest: Substring)? {
        if let quote = line.first, quote == "'" || quote == "\"" {
            var flow = YAMLFlow(line)
            guard let key = flow.quoted(), flow.rest.first == ":" else { return nil }
            return member(key, flow.rest.dropFirst())
        }
        guard let first = line.first, !"[{&*!|>%@`".contains(first) else { return nil }
        var position = line.startIndex
        while let colon = line[position...].firstIndex(of: ":") {
            let next = line.index(after: colon)
            if next == line.endIndex || line[next] == " " { return member(String(line[..<colon]), line[next...]) }
            position = next
        }
        return nil
    }

    private static func member(_ key: String, _ rest: Substring) -> (key: String, rest: Substring)? {
        guard rest.isEmpty || rest.first == " " else { return nil }
        let value = rest.drop { $0 == " " }
        return (key, value.first == "#" ? "" : value)
    }

    /// What a plain scalar means; nil for one that starts with a character that is kept for other uses.
    static func value(_ text: String) -> JSON? {
        switch text {
        case "null", "~", "": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default: break
        }
        guard let first = text.first, !"&*!|>%@`#".contains(first), !text.hasPrefix("- ") else { return nil }
        guard "-.0123456789".contains(first) else { return .string(text) }
        if let number = Int64(text) { return .int(number) }
        let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
        if isNumber, let number = Double(text), number.isFinite { return .double(number) }
        return .string(text)
    }
}

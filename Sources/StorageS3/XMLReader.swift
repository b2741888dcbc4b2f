/// Reads the XML of answers: elements and text. A document type, which nobody needs to send here, is refused, so that
/// nothing can be expanded; so is what is nested deeper than any answer.
struct XMLReader {
    private var rest: Substring.UTF8View
    private static let deepest = 16

    private init(_ text: String) { rest = Substring(text).utf8 }

    /// The root element; nil for what is not well formed.
    static func read(_ text: String) -> XMLElement? {
        var reader = XMLReader(text)
        guard reader.skipProlog(), let root = reader.element(depth: 1) else { return nil }
        return root
    }

    /// Declarations, comments and white space before the root.
    private mutating func skipProlog() -> Bool {
        while true {
            skipSpace()
            if take("<?") {
                guard skip(past: "?>") else { return false }
            } else if take("<!--") {
                guard skip(past: "-->") else { return false }
            } else {
                return !starts(with: "<!")
            }
        }
    }

    /// An element, from its `<` to the end of its closing tag.
    private mutating func element(depth: Int) -> XMLElement? {
        guard depth <= Self.deepest, take("<"), let tag = upTo(UInt8(ascii: ">")) else { return nil }
        let isEmpty = tag.hasSuffix("/")
        let name = (isEmpty ? tag.dropLast() : tag).prefix { !$0.isWhitespace }
        guard let first = name.first, first.isLetter || first == "_" else { return nil }
        var element = XMLElement(name: String(name.split(separator: ":").last ?? name))
        if isEmpty { return element }
        while let byte = rest.first {
            if byte != UInt8(ascii: "<") {
                guard let piece = characters() else { return nil }
                element.text += piece
            } else if take("</") {
                guard let closing = upTo(UInt8(ascii: ">")), closing.prefix(while: { !$0.isWhitespace }) == name else {
                    return nil
                }
                // Names may begin and end with spaces; what stands between elements is there to be read by people.
                if !element.children.isEmpty { element.text = Self.trimmed(element.text) }
                return element
            } else if take("<!--") {
                guard skip(past: "-->") else { return nil }
            } else {
                guard let child = self.element(depth: depth + 1) else { return nil }
                element.children.append(child)
            }
        }
        return nil
    }

    /// Text up to the next `<`, its references replaced; nil for one that is not known.
    private mutating func characters() -> String? {
        let end = rest.firstIndex(of: UInt8(ascii: "<")) ?? rest.endIndex
        var raw = Substring(rest[..<end])
        rest = rest[end...]
        guard raw.contains("&") else { return String(raw) }
        var text = ""
        while let start = raw.firstIndex(of: "&") {
            text += raw[..<start]
            guard let stop = raw[start...].firstIndex(of: ";"),
                let character = Self.character(raw[raw.index(after: start)..<stop])
            else { return nil }
            text.append(character)
            raw = raw[raw.index(after: stop)...]
        }
        return text + raw
    }

    private static func character(_ reference: Substring) -> Character? {
        switch reference {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard reference.hasPrefix("#") else { return nil }
            let digits = reference.dropFirst()
            let number = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return number.flatMap(Unicode.Scalar.init).map(Character.init)
        }
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    private mutating func skipSpace() {
        rest = rest.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    }

    private func starts(with text: String) -> Bool { rest.starts(with: text.utf8) }

    private mutating func take(_ text: String) -> Bool {
        guard starts(with: text) else { return false }
        rest = rest.dropFirst(text.utf8.count)
        return true
    }

    private mutating func skip(past text: String) -> Bool {
        while !rest.isEmpty {
            if take(text) { return true }
            rest = rest.dropFirst()
        }
        return false
    }

    /// What comes before that byte, which goes too.
    private mutating func upTo(_ byte: UInt8) -> Substring? {
        guard let end = rest.firstIndex(of: byte) else { return nil }
        defer { rest = rest[rest.index(after: end)...] }
        return Substring(rest[..<end])
    }
}

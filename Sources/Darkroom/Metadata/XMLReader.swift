/// Reads a small XML 1.0 document in UTF-8 into a tree.
///
/// XMP comes from strangers, so this knows no document type, no entity beyond the five of XML and no outside
/// resource: there is nothing to expand and nothing to fetch. Depth, elements and attributes are bounded.
struct XMLReader {
    private let bytes: [UInt8]
    private var at = 0
    private var open: [Open] = []
    private var root: XMLElement?
    private var elements = 0

    private struct Open {
        var element: XMLElement
        let rawName: [UInt8]
        let spaces: [String: String]
    }

    private struct Malformed: Error {}

    private static let deepest = 24
    private static let mostElements = 5_000
    private static let mostAttributes = 500

    /// The root element; `nil` when the document is malformed, has a document type, or is beyond the bounds.
    static func read(_ bytes: [UInt8]) -> XMLElement? {
        var reader = XMLReader(bytes: bytes)
        return try? reader.document()
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func document() throws -> XMLElement? {
        // Byte order mark, white space and padding may come first.
        while at < bytes.count, bytes[at] != UInt8(ascii: "<") { at += 1 }
        while root == nil {
            try next()
        }
        return root
    }

    private mutating func next() throws {
        guard at < bytes.count else { throw Malformed() }
        guard bytes[at] == UInt8(ascii: "<") else { return try characters() }
        if skips("<!--") { return try skip(past: "-->") }
        if skips("<![CDATA[") { return try verbatim() }
        if skips("<?") { return try skip(past: "?>") }
        if skips("<!") { throw Malformed() }
        if skips("</") { return try closeTag() }
        at += 1
        try openTag()
    }

    private mutating func characters() throws {
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "<") { at += 1 }
        guard let last = open.indices.last else { return }
        open[last].element.text += try resolved(bytes[start..<at])
    }

    private mutating func verbatim() throws {
        let start = at
        try skip(past: "]]>")
        guard let last = open.indices.last else { throw Malformed() }
        open[last].element.text += String(decoding: bytes[start..<(at - 3)], as: UTF8.self)
    }

    private mutating func closeTag() throws {
        let name = try rawName()
        skipSpace()
        guard skips(">"), let closed = open.popLast(), closed.rawName == Array(name) else { throw Malformed() }
        finish(closed.element)
    }

    private mutating func finish(_ element: XMLElement) {
        if let last = open.indices.last {
            open[last].element.children.append(element)
        } else {
            root = element
        }
    }

    private mutating func openTag() throws {
        elements += 1
        guard open.count < Self.deepest, elements <= Self.mostElements else { throw Malformed() }
        let name = try rawName()
        let raw = try attributes()
        let spaces = try self.spaces(declaredIn: raw)
        let element = XMLElement(
            name: try resolve(name, in: spaces, isAttribute: false),
            attributes: try raw.filter { !Self.declaresSpace($0.name) }.map {
                XMLElement.Attribute(name: try resolve($0.name, in: spaces, isAttribute: true), value: $0.value)
            })
        if skips("/>") { return finish(element) }
        guard skips(">") else { throw Malformed() }
        open.append(Open(element: element, rawName: Array(name), spaces: spaces))
    }

    private mutating func attributes() throws -> [(name: ArraySlice<UInt8>, value: String)] {
        var found: [(name: ArraySlice<UInt8>, value: String)] = []
        while true {
            skipSpace()
            guard at < bytes.count else { throw Malformed() }
            if bytes[at] == UInt8(ascii: ">") || bytes[at] == UInt8(ascii: "/") { return found }
            guard found.count < Self.mostAttributes else { throw Malformed() }
            let name = try rawName()
            skipSpace()
            guard skips("=") else { throw Malformed() }
            skipSpace()
            found.append((name, try quoted()))
        }
    }

    private mutating func quoted() throws -> String {
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") else {
            throw Malformed()
        }
        let quote = bytes[at]
        let start = at + 1
        guard let end = bytes[start...].firstIndex(of: quote) else { throw Malformed() }
        at = end + 1
        return try resolved(bytes[start..<end])
    }

    // MARK: Names

    private static func declaresSpace(_ name: ArraySlice<UInt8>) -> Bool {
        name.elementsEqual("xmlns".utf8) || name.starts(with: "xmlns:".utf8)
    }

    private func spaces(declaredIn raw: [(name: ArraySlice<UInt8>, value: String)]) throws -> [String: String] {
        var spaces = open.last?.spaces ?? ["xml": "http://www.w3.org/XML/1998/namespace", "": ""]
        for (name, value) in raw where Self.declaresSpace(name) {
            spaces[String(decoding: name.dropFirst(6), as: UTF8.self)] = value
        }
        return spaces
    }

    private func resolve(
        _ name: ArraySlice<UInt8>, in spaces: [String: String], isAttribute: Bool
    ) throws -> XMLElement.Name {
        let parts = name.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        let words = parts.map { String(decoding: $0, as: UTF8.self) }
        switch words.count {
        case 1:
            // An attribute without prefix is in no name space (Namespaces in XML, 6.2).
            return XMLElement.Name(space: isAttribute ? "" : spaces[""] ?? "", local: words[0], prefix: "")
        case 2:
            guard let space = spaces[words[0]], !words[0].isEmpty, !words[1].isEmpty else { throw Malformed() }
            return XMLElement.Name(space: space, local: words[1], prefix: words[0])
        default:
            throw Malformed()
        }
    }

    private mutating func rawName() throws -> ArraySlice<UInt8> {
        let start = at
        while at < bytes.count, Self.isNameByte(bytes[at]) { at += 1 }
        guard at > start, at - start <= 256 else { throw Malformed() }
        return bytes[start..<at]
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: ":"), 0x80...0xFF:
            true
        default:
            false
        }
    }

    // MARK: Text

    private func resolved(_ raw: ArraySlice<UInt8>) throws -> String {
        guard raw.contains(UInt8(ascii: "&")) else { return String(decoding: raw, as: UTF8.self) }
        var text: [UInt8] = []
        var rest = raw
        while let ampersand = rest.firstIndex(of: UInt8(ascii: "&")) {
            text += rest[..<ampersand]
            guard let end = rest[ampersand...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else { throw Malformed() }
            let reference = String(decoding: rest[(ampersand + 1)..<end], as: UTF8.self)
            guard let scalar = Self.scalar(named: reference) else { throw Malformed() }
            text += Array(String(scalar).utf8)
            rest = rest[(end + 1)...]
        }
        return String(decoding: text + rest, as: UTF8.self)
    }

    private static func scalar(named reference: String) -> Unicode.Scalar? {
        switch reference {
        case "amp": "&"
        case "lt": "<"
        case "gt": ">"
        case "quot": "\""
        case "apos": "'"
        case _ where reference.hasPrefix("#x"): UInt32(reference.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
        case _ where reference.hasPrefix("#"): UInt32(reference.dropFirst()).flatMap(Unicode.Scalar.init)
        default: nil
        }
    }

    // MARK: Moving on

    private mutating func skips(_ token: StaticString) -> Bool {
        let size = token.utf8CodeUnitCount
        guard at + size <= bytes.count else { return false }
        let matches = token.withUTF8Buffer { bytes[at..<(at + size)].elementsEqual($0) }
        if matches { at += size }
        return matches
    }

    private mutating func skip(past token: StaticString) throws {
        while !skips(token) {
            guard at < bytes.count else { throw Malformed() }
            at += 1
        }
    }

    private mutating func skipSpace() {
        while at < bytes.count, bytes[at] == 0x20 || (0x09...0x0D).contains(bytes[at]) { at += 1 }
    }
}

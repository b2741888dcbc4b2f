import Domain

/// Reads the part of YAML 1.2 that the API's contract is written in: mappings and lists in blocks or, on one line, in
/// brackets; plain and quoted scalars; `|` and `>` texts; comments on lines of their own.
///
/// What it does not know (anchors, tags, several documents, brackets over several lines) it refuses with the line.
struct YAMLReader {
    private struct Line {
        let number: Int
        let indent: Int
        /// Without the indentation.
        let text: Substring

        var isBlank: Bool { text.isEmpty || text.first == "#" }
    }

    private var lines: [Line]
    private var index = 0

    /// - Throws: `.invalid` with the line that cannot be read.
    static func read(_ text: String) throws -> JSON {
        var reader = YAMLReader(text)
        reader.skipBlank()
        let value = try reader.block(indent: 0)
        reader.skipBlank()
        if let line = reader.current { throw refused(line.number, "is not indented like what it stands in") }
        return value
    }

    private init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { offset, line in
            let rest = line.drop { $0 == " " }
            return Line(number: offset + 1, indent: line.count - rest.count, text: rest)
        }
    }

    private var current: Line? { index < lines.count ? lines[index] : nil }

    private mutating func skipBlank() {
        while let line = current, line.isBlank { index += 1 }
    }

    /// The mapping or list whose entries start at this column.
    private mutating func block(indent: Int) throws -> JSON {
        guard let line = current else { return .null }
        return try isEntry(line.text) ? list(indent: indent) : mapping(indent: indent)
    }

    private func isEntry(_ text: Substring) -> Bool { text == "-" || text.hasPrefix("- ") }

    private mutating func list(indent: Int) throws -> JSON {
        var values: [JSON] = []
        while let line = current, line.indent == indent, isEntry(line.text) {
            let rest = line.text.dropFirst().drop { $0 == " " }
            let column = indent + line.text.count - rest.count
            if rest.isEmpty {
                index += 1
                values.append(try nested(below: indent))
            } else if YAMLScalar.key(of: rest) != nil {
                // A mapping that begins beside the dash: its other members stand below the first.
                lines[index] = Line(number: line.number, indent: column, text: rest)
                values.append(try mapping(indent: column))
            } else {
                values.append(try value(rest, of: line, indent: indent))
            }
            skipBlank()
        }
        return .array(values)
    }

    private mutating func mapping(indent: Int) throws -> JSON {
        var object = JSONObject()
        while let line = current, line.indent == indent, !isEntry(line.text) {
            guard let (key, rest) = YAMLScalar.key(of: line.text) else {
                throw Self.refused(line.number, "has no key")
            }
            guard object[key] == nil else { throw Self.refused(line.number, "says '\(key)' a second time") }
            if rest.isEmpty {
                index += 1
                object[key] = try nested(below: indent)
            } else {
                object[key] = try value(rest, of: line, indent: indent)
            }
            skipBlank()
        }
        return .object(object)
    }

    /// What stands indented below a key or a dash; null for nothing.
    private mutating func nested(below indent: Int) throws -> JSON {
        skipBlank()
        guard let line = current, line.indent > indent || (line.indent == indent && isEntry(line.text)) else {
            return .null
        }
        return try block(indent: line.indent)
    }

    /// What stands on the line of its key.
    private mutating func value(_ text: Substring, of line: Line, indent: Int) throws -> JSON {
        index += 1
        if ["|", "|-", ">", ">-"].contains(text) { return .string(self.text(text, below: indent)) }
        var flow = YAMLFlow(text)
        guard let value = flow.value() else { throw Self.refused(line.number, "cannot be read") }
        return value
    }

    /// The lines of a `|` text as they are, or those of a `>` text as paragraphs.
    private mutating func text(_ style: Substring, below indent: Int) -> String {
        var taken: [Line] = []
        while let line = current, line.text.isEmpty || line.indent > indent {
            taken.append(line)
            index += 1
        }
        while taken.last?.text.isEmpty == true { taken.removeLast() }
        let margin = taken.filter { !$0.text.isEmpty }.map(\.indent).min() ?? 0
        let texts = taken.map { $0.text.isEmpty ? "" : String(repeating: " ", count: $0.indent - margin) + $0.text }
        let end = style.hasSuffix("-") ? "" : "\n"
        guard style.hasPrefix(">") else { return texts.joined(separator: "\n") + end }
        let paragraphs = texts.split(separator: "").map { $0.joined(separator: " ") }
        return paragraphs.joined(separator: "\n") + end
    }

    private static func refused(_ line: Int, _ what: String) -> Failure {
        Failure(.invalid, "Line \(line) \(what).", details: ["line": "\(line)"])
    }
}

import Foundation

/// A JSON value that keeps the order of its members; written by hand, since documents are most of what is served.
package enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
    case array([JSON])
    case object(JSONObject)
    /// Text that is JSON already, such as an object that is stored as it is shown.
    case raw(String)

    package static func int(_ value: Int) -> JSON { .int(Int64(value)) }

    /// `null` for nil.
    package static func optional(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }

    /// Hundredths and the like without the noise of binary fractions.
    package static func rounded(_ value: Double, places: Int) -> JSON {
        let scale = pow(10, Double(places))
        return .double((value * scale).rounded() / scale)
    }

    /// The members of an object, and of text that is one.
    var asObject: JSONObject? {
        switch self {
        case .object(let object): object
        case .raw(let text): JSON(parsing: text)?.asObject
        default: nil
        }
    }

    /// UTF-8 text of the value.
    package var bytes: [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(4096)
        write(to: &output)
        return output
    }

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Adds the text of the value, so that a long list can be written without being held as a whole.
    func write(to output: inout [UInt8]) {
        switch self {
        case .null: output.append(contentsOf: "null".utf8)
        case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
        case .int(let value): output.append(contentsOf: String(value).utf8)
        case .double(let value): Self.write(value, to: &output)
        case .string(let value): Self.write(value, to: &output)
        case .array(let values):
            output.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                value.write(to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let object):
            output.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                Self.write(member.name, to: &output)
                output.append(UInt8(ascii: ":"))
                member.value.write(to: &output)
            }
            output.append(UInt8(ascii: "}"))
        case .raw(let text): Self.write(raw: text, to: &output)
        }
    }

    private static func write(_ value: Double, to output: inout [UInt8]) {
        guard value.isFinite else { return output.append(contentsOf: "null".utf8) }
        if value == value.rounded(), abs(value) < 1e15 {
            output.append(contentsOf: "\(Int64(value))".utf8)
        } else {
            output.append(contentsOf: "\(value)".utf8)
        }
    }

    /// RFC 8259 §7. `<` is escaped as well, so that a document can stand inside a page.
    private static func write(_ value: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        append(value, to: &output, unless: needsEscape) { byte, output in
            switch byte {
            case UInt8(ascii: "\""): output.append(contentsOf: [0x5C, 0x22])
            case UInt8(ascii: "\\"): output.append(contentsOf: [0x5C, 0x5C])
            case 0x0A: output.append(contentsOf: [0x5C, UInt8(ascii: "n")])
            default:
                output.append(contentsOf: "\\u00".utf8)
                output.append(contentsOf: hexByte(byte).utf8)
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    /// In JSON `<` stands in strings only, where it may be written as an escape.
    private static func write(raw text: String, to output: inout [UInt8]) {
        append(text, to: &output, unless: { $0 == UInt8(ascii: "<") }) { _, output in
            output.append(contentsOf: "\\u003c".utf8)
        }
    }

    @inline(__always)
    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "<")
    }

    /// Most texts hold nothing special: those go over in one piece.
    @inline(__always)
    private static func append(
        _ text: String, to output: inout [UInt8], unless isSpecial: (UInt8) -> Bool,
        escape: (UInt8, inout [UInt8]) -> Void
    ) {
        var text = text
        text.withUTF8 { bytes in
            var found = false
            // Without a way out early, so that many bytes are looked at in one step.
            for byte in bytes { found = isSpecial(byte) || found }
            guard found else { return output.append(contentsOf: bytes) }
            for byte in bytes {
                if isSpecial(byte) { escape(byte, &output) } else { output.append(byte) }
            }
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) { self = .string(value) }
}

extension JSON: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int64) { self = .int(value) }
}

extension JSON: ExpressibleByBooleanLiteral {
    package init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSON: ExpressibleByArrayLiteral {
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
}

extension JSON: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(JSONObject(members: elements.map { .init(name: $0.0, value: $0.1) }))
    }
}

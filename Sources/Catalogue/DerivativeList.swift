import Domain
import Foundation

/// A picture's derivatives as they are kept in their column: one JSON array of `[name, width, height, size, sha256]`.
enum DerivativeList {
    static func encode(_ derivatives: [Derivative]) throws -> String {
        try JSONText.encode(derivatives.map(Entry.init))
    }

    /// Every item of a page has one of these: what we wrote ourselves is read without a decoder.
    static func decode(_ text: String) throws -> [Derivative] {
        if let derivatives = quick(text) { return derivatives }
        return try JSONText.decode([Entry].self, from: text).map(\.derivative)
    }

    /// Nil for text that is laid out otherwise than `encode` does.
    private static func quick(_ text: String) -> [Derivative]? {
        guard text.hasPrefix("[["), text.hasSuffix("]]") else {
            return text == "[]" ? [] : nil
        }
        var derivatives: [Derivative] = []
        for entry in text.utf8.split(separator: UInt8(ascii: "]")) {
            let fields = entry.drop { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "[") }
                .split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            guard fields.count == 5, let name = unquoted(fields[0]), let kind = Entry.kind(of: name),
                let width = Int(Substring(fields[1])), let height = Int(Substring(fields[2])),
                let size = Int64(Substring(fields[3])), let sha256 = unquoted(fields[4])
            else { return nil }
            derivatives.append(Derivative(kind: kind, width: width, height: height, size: size, sha256: sha256))
        }
        return derivatives
    }

    /// What stands between the quotes, when there is nothing in it that needs a decoder.
    private static func unquoted(_ field: Substring.UTF8View) -> String? {
        let quote = UInt8(ascii: "\"")
        guard field.count >= 2, field.first == quote, field.last == quote else { return nil }
        let content = field.dropFirst().dropLast()
        guard !content.contains(where: { $0 == quote || $0 == UInt8(ascii: "\\") }) else { return nil }
        return String(Substring(content))
    }

    /// The one of that kind, if there is one.
    static func find(_ kind: Derivative.Kind, in text: String) throws -> Derivative? {
        // A panorama has dozens of tiles; most questions about flat pictures are for tiles that are not there.
        guard text.contains("\"\(Entry.name(of: kind))\"") else { return nil }
        return try decode(text).first { $0.kind == kind }
    }

    private struct Entry: Codable {
        let derivative: Derivative

        init(_ derivative: Derivative) { self.derivative = derivative }

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            let name = try list.decode(String.self)
            guard let kind = Self.kind(of: name) else {
                throw DecodingError.dataCorruptedError(in: list, debugDescription: "unknown derivative")
            }
            derivative = Derivative(
                kind: kind, width: try list.decode(Int.self), height: try list.decode(Int.self),
                size: try list.decode(Int64.self), sha256: try list.decode(String.self))
        }

        func encode(to encoder: any Encoder) throws {
            var list = encoder.unkeyedContainer()
            try list.encode(Self.name(of: derivative.kind))
            try list.encode(derivative.width)
            try list.encode(derivative.height)
            try list.encode(derivative.size)
            try list.encode(derivative.sha256)
        }

        static func name(of kind: Derivative.Kind) -> String {
            switch kind {
            case .hd: "hd"
            case .sd: "sd"
            case .thumb: "thumb"
            case .tile(let column, let row): "tile_\(column)_\(row)"
            }
        }

        static func kind(of name: String) -> Derivative.Kind? {
            switch name {
            case "hd": return .hd
            case "sd": return .sd
            case "thumb": return .thumb
            default: break
            }
            let parts = name.split(separator: "_")
            guard parts.count == 3, parts[0] == "tile", let column = Int(parts[1]), let row = Int(parts[2]) else {
                return nil
            }
            return .tile(column: column, row: row)
        }
    }
}

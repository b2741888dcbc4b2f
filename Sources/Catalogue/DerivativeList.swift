import Domain
import Foundation

/// A picture's derivatives as they are kept in their column: one JSON array of `[name, width, height, size, sha256]`.
enum DerivativeList {
    static func encode(_ derivatives: [Derivative]) throws -> String {
        try JSONText.encode(derivatives.map(Entry.init))
    }

    static func decode(_ text: String) throws -> [Derivative] {
        try DerivativeScanner.derivatives(text) ?? JSONText.decode([Entry].self, from: text).map(\.derivative)
    }

    /// The one of that kind, if there is one.
    static func find(_ kind: Derivative.Kind, in text: String) throws -> Derivative? {
        // A panorama has dozens of tiles; most questions about flat pictures are for tiles that are not there.
        guard text.contains("\"\(Entry.name(of: kind))\"") else { return nil }
        return try decode(text).first { $0.kind == kind }
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

    private struct Entry: Codable {
        let derivative: Derivative

        init(_ derivative: Derivative) { self.derivative = derivative }

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            let name = try list.decode(String.self)
            guard let kind = DerivativeList.kind(of: name) else {
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
    }
}

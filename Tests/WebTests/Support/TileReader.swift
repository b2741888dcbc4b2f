import Foundation

/// Reads vector tiles, knowing nothing of the code that writes them (Mapbox Vector Tile specification 2.1).
struct TileReader {
    struct Feature {
        let type: UInt64
        let attributes: [String: String]
        /// Absolute points, in drawing order.
        let points: [(x: Int, y: Int)]
    }

    private(set) var layers: [String: [Feature]] = [:]
    private(set) var extents: [String: UInt64] = [:]

    struct Malformed: Error {}

    init(_ bytes: [UInt8]) throws {
        for (number, value) in try Self.fields(bytes) {
            guard number == 3, case .bytes(let content) = value else { throw Malformed() }
            try readLayer(content)
        }
    }

    func ids(_ layer: String) -> Set<String> { Set(layers[layer, default: []].compactMap { $0.attributes["id"] }) }

    private mutating func readLayer(_ bytes: [UInt8]) throws {
        var name = ""
        var keys: [String] = []
        var values: [String] = []
        var features: [[UInt8]] = []
        var extent: UInt64 = 0
        var version: UInt64 = 0
        for (number, value) in try Self.fields(bytes) {
            switch (number, value) {
            case (1, .bytes(let text)): name = String(decoding: text, as: UTF8.self)
            case (2, .bytes(let feature)): features.append(feature)
            case (3, .bytes(let key)): keys.append(String(decoding: key, as: UTF8.self))
            case (4, .bytes(let value)): values.append(try Self.text(value))
            case (5, .number(let value)): extent = value
            case (15, .number(let value)): version = value
            default: throw Malformed()
            }
        }
        guard version == 2, layers[name] == nil else { throw Malformed() }
        extents[name] = extent
        layers[name] = try features.map { try Self.feature($0, keys, values) }
    }

    private static func feature(_ bytes: [UInt8], _ keys: [String], _ values: [String]) throws -> Feature {
        var type: UInt64 = 0
        var attributes: [String: String] = [:]
        var geometry: [UInt64] = []
        for (number, value) in try fields(bytes) {
            switch (number, value) {
            case (2, .bytes(let packed)):
                let tags = try numbers(packed)
                guard tags.count % 2 == 0 else { throw Malformed() }
                for pair in stride(from: 0, to: tags.count, by: 2) {
                    guard tags[pair] < keys.count, tags[pair + 1] < values.count else { throw Malformed() }
                    attributes[keys[Int(tags[pair])]] = values[Int(tags[pair + 1])]
                }
            case (3, .number(let value)): type = value
            case (4, .bytes(let packed)): geometry = try numbers(packed)
            default: throw Malformed()
            }
        }
        return Feature(type: type, attributes: attributes, points: try points(geometry))
    }

    private static func points(_ geometry: [UInt64]) throws -> [(x: Int, y: Int)] {
        var points: [(x: Int, y: Int)] = []
        var (x, y) = (0, 0)
        var index = 0
        while index < geometry.count {
            let command = geometry[index] & 7
            let count = Int(geometry[index] >> 3)
            index += 1
            if command == 7 { continue }
            for _ in 0..<count {
                guard index + 1 < geometry.count else { throw Malformed() }
                x += unzigzag(geometry[index])
                y += unzigzag(geometry[index + 1])
                points.append((x, y))
                index += 2
            }
        }
        return points
    }

    private static func unzigzag(_ value: UInt64) -> Int { Int(value >> 1) ^ -Int(value & 1) }

    private enum Value {
        case number(UInt64)
        case fixed(UInt64)
        case bytes([UInt8])
    }

    private static func text(_ bytes: [UInt8]) throws -> String {
        guard let (number, value) = try fields(bytes).first else { throw Malformed() }
        switch (number, value) {
        case (1, .bytes(let text)): return String(decoding: text, as: UTF8.self)
        case (3, .fixed(let bits)): return "\(Double(bitPattern: bits))"
        case (4, .number(let value)): return "\(Int64(bitPattern: value))"
        default: throw Malformed()
        }
    }

    private static func numbers(_ bytes: [UInt8]) throws -> [UInt64] {
        var index = 0
        var numbers: [UInt64] = []
        while index < bytes.count { numbers.append(try varint(bytes, &index)) }
        return numbers
    }

    private static func fields(_ bytes: [UInt8]) throws -> [(UInt64, Value)] {
        var index = 0
        var fields: [(UInt64, Value)] = []
        while index < bytes.count {
            let key = try varint(bytes, &index)
            switch key & 7 {
            case 0: fields.append((key >> 3, .number(try varint(bytes, &index))))
            case 1:
                guard index + 8 <= bytes.count else { throw Malformed() }
                let bits = bytes[index..<index + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
                fields.append((key >> 3, .fixed(bits)))
                index += 8
            case 2:
                let count = Int(try varint(bytes, &index))
                guard index + count <= bytes.count else { throw Malformed() }
                fields.append((key >> 3, .bytes(Array(bytes[index..<index + count]))))
                index += count
            default: throw Malformed()
            }
        }
        return fields
    }

    private static func varint(_ bytes: [UInt8], _ index: inout Int) throws -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            guard index < bytes.count, shift < 64 else { throw Malformed() }
            let byte = bytes[index]
            index += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
            shift += 7
        }
    }
}

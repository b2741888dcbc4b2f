import Foundation

/// The wire format between server and darkroom: one JSON document a line, UTF-8, dates as seconds since 2001-01-01 (Foundation default, full precision).
package enum LineCoding {
    package static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        var line = try encoder.encode(value)
        line.append(UInt8(ascii: "\n"))
        return line
    }

    package static func decode<Value: Decodable>(_ type: Value.Type, from line: some DataProtocol) throws -> Value {
        try JSONDecoder().decode(type, from: Data(line))
    }
}

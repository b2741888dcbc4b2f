import Domain
import Foundation

/// A simplified line as it is kept: for each point the steps from the one before, as signed varints, and its zoom.
enum SequenceLine {
    /// The finest zoom that `overview` is for.
    static let overviewZoom = 9

    static func encode(_ vertices: [LineSimplification.Vertex], upTo zoom: Int) -> Data {
        var bytes = Data()
        var (x, y): (Int64, Int64) = (0, 0)
        for vertex in vertices where vertex.zoom <= zoom {
            append(Int64(vertex.point.x) - x, to: &bytes)
            append(Int64(vertex.point.y) - y, to: &bytes)
            bytes.append(vertex.zoom)
            (x, y) = (Int64(vertex.point.x), Int64(vertex.point.y))
        }
        return bytes
    }

    /// The points that a map of that zoom needs. What is cut short ends early.
    static func decode(_ bytes: Data, zoom: Int) -> [MapPoint] {
        var line: [MapPoint] = []
        var (x, y): (Int64, Int64) = (0, 0)
        bytes.withUnsafeBytes { bytes in
            var index = 0
            func next() -> Int64? {
                var (value, shift): (UInt64, UInt64) = (0, 0)
                while index < bytes.count, shift < 64 {
                    let byte = bytes[index]
                    index += 1
                    value |= UInt64(byte & 0x7F) << shift
                    if byte < 0x80 { return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }
                    shift += 7
                }
                return nil
            }
            while let dx = next(), let dy = next(), index < bytes.count {
                (x, y) = (x &+ dx, y &+ dy)
                if bytes[index] <= zoom {
                    line.append(MapPoint(x: UInt32(truncatingIfNeeded: x), y: UInt32(truncatingIfNeeded: y)))
                }
                index += 1
            }
        }
        return line
    }

    private static func append(_ value: Int64, to bytes: inout Data) {
        var rest = UInt64(bitPattern: (value << 1) ^ (value >> 63))
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}

/// The bytes of a network in the ONNX format, as far as it has to be changed: a protocol buffer (ModelProto) whose field 7
/// is the graph, in which each field 12 describes one output and begins with its name (field 1).
package struct ONNXFile: Sendable {
    package let bytes: [UInt8]

    private static let graph = 7
    private static let output = 12
    private static let name = 1

    package init(bytes: [UInt8]) { self.bytes = bytes }

    /// The file without the outputs that nobody reads: the engine leaves out what only they need. As it is when it cannot
    /// be read or has none of the wanted ones; the engine will say what is wrong with it.
    package func asking(only wanted: Set<String>) -> [UInt8] {
        var changed: [UInt8] = []
        changed.reserveCapacity(bytes.count)
        guard let parts = Self.parts(of: bytes[...]) else { return bytes }
        for part in parts {
            guard part.field == Self.graph, let content = part.content else {
                changed += part.whole
                continue
            }
            guard let graph = Self.graph(content, asking: wanted) else { return bytes }
            changed += Self.number(Self.graph << 3 | 2) + Self.number(graph.count) + graph
        }
        return changed
    }

    private static func graph(_ content: ArraySlice<UInt8>, asking wanted: Set<String>) -> [UInt8]? {
        guard let parts = parts(of: content) else { return nil }
        var graph: [UInt8] = [], found = 0
        graph.reserveCapacity(content.count)
        for part in parts {
            if part.field == output, let described = part.content {
                let name = Self.parts(of: described)?.first { $0.field == Self.name }?.content
                guard let name, wanted.contains(String(decoding: name, as: UTF8.self)) else { continue }
                found += 1
            }
            graph += part.whole
        }
        return found == wanted.count ? graph : nil
    }

    /// One field of a message, with what it holds when that is a message or text.
    private struct Part {
        let field: Int
        let whole: ArraySlice<UInt8>
        let content: ArraySlice<UInt8>?
    }

    /// `nil` when the bytes are no message.
    private static func parts(of message: ArraySlice<UInt8>) -> [Part]? {
        var parts: [Part] = [], rest = message
        while !rest.isEmpty {
            let start = rest.startIndex
            guard let key = takeNumber(&rest) else { return nil }
            let length: Int
            switch key & 7 {
            case 0:
                guard takeNumber(&rest) != nil else { return nil }
                length = 0
            case 1: length = 8
            case 2:
                guard let said = takeNumber(&rest) else { return nil }
                length = said
            case 5: length = 4
            default: return nil
            }
            guard length <= rest.count else { return nil }
            let content = rest.prefix(length)
            rest = rest.dropFirst(length)
            parts.append(
                Part(field: key >> 3, whole: message[start..<rest.startIndex], content: key & 7 == 2 ? content : nil))
        }
        return parts
    }

    /// Seven bits a byte, the lowest first; the highest bit says that more follow, in ten bytes at most.
    private static func takeNumber(_ rest: inout ArraySlice<UInt8>) -> Int? {
        var number: UInt64 = 0
        for shift in stride(from: 0, to: 64, by: 7) {
            guard let byte = rest.popFirst() else { return nil }
            number |= UInt64(byte & 0x7f) << UInt64(shift)
            if byte < 0x80 { return Int(truncatingIfNeeded: number & UInt64(Int.max)) }
        }
        return nil
    }

    private static func number(_ value: Int) -> [UInt8] {
        var bytes: [UInt8] = [], rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7f) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }
}

import Domain

/// Reads a list of derivatives as `DerivativeList.encode` lays it out, byte by byte: every item of a page has one.
struct DerivativeScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Nil for text that is laid out otherwise.
    static func derivatives(_ text: String) -> [Derivative]? {
        var text = text
        return text.withUTF8 { bytes in
            var scanner = DerivativeScanner(bytes)
            return scanner.list()
        }
    }

    private mutating func list() -> [Derivative]? {
        guard skip("[") else { return nil }
        var derivatives: [Derivative] = []
        derivatives.reserveCapacity(3)
        if !skip("]") {
            repeat {
                guard let derivative = entry() else { return nil }
                derivatives.append(derivative)
            } while skip(",")
            guard skip("]") else { return nil }
        }
        return index == bytes.count ? derivatives : nil
    }

    private mutating func entry() -> Derivative? {
        guard skip("["), let kind = text().flatMap(DerivativeList.kind), skip(","), let width = number(), skip(","),
            let height = number(), skip(","), let size = number(), skip(","), let sha256 = text(), skip("]")
        else { return nil }
        return Derivative(kind: kind, width: width, height: height, size: Int64(size), sha256: sha256)
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    /// Digits, too few for an overflow.
    private mutating func number() -> Int? {
        let start = index
        var value = 0
        while index < bytes.count, case let digit = bytes[index] &- UInt8(ascii: "0"), digit < 10 {
            value = value &* 10 &+ Int(digit)
            index += 1
        }
        return (1...18).contains(index - start) ? value : nil
    }

    /// What stands between quotes, when there is nothing in it that needs a decoder.
    private mutating func text() -> String? {
        guard skip("\"") else { return nil }
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            guard bytes[index] != UInt8(ascii: "\\") else { return nil }
            index += 1
        }
        let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<index]), as: UTF8.self)
        return skip("\"") ? text : nil
    }
}

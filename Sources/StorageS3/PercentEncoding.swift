/// As signatures want it: everything but RFC 3986's unreserved characters becomes `%XX`.
enum PercentEncoding {
    /// For names and values of a query.
    static func of(_ text: String) -> String { encode(text, keeping: []) }

    /// For a path: its slashes stay.
    static func ofPath(_ text: String) -> String { encode(text, keeping: [UInt8(ascii: "/")]) }

    private static func encode(_ text: String, keeping kept: Set<UInt8>) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) || kept.contains(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
    }
}

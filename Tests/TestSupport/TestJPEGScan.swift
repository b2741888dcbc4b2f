/// The entropy-coded data of a mosaic: each block is its mean (the DC coefficient) and an end-of-block.
struct TestJPEGScan {
    /// Lengths of the DC codes for categories 0–11 (T.81 Table K.3), and codes in order.
    private static let dcCodes: [(code: UInt32, length: Int)] = [
        (0b00, 2), (0b010, 3), (0b011, 3), (0b100, 3), (0b101, 3), (0b110, 3), (0b1110, 4), (0b11110, 5),
        (0b111110, 6), (0b1111110, 7), (0b1111_1110, 8), (0b1_1111_1110, 9),
    ]

    /// Payloads of the `DHT` segments: DC and AC tables 0 and 1. The AC tables know only the end of block.
    static let tables: [[UInt8]] = {
        let dc: [UInt8] = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0] + Array(0...11)
        // One code of one bit, `0`, for end-of-block, and a second symbol that is never used.
        let ac: [UInt8] = [1, 1] + [UInt8](repeating: 0, count: 14) + [0x00, 0x01]
        return [[0x00] + dc, [0x01] + dc, [0x10] + ac, [0x11] + ac]
    }()

    private var bytes: [UInt8] = []
    private var accumulator: UInt32 = 0
    private var pending = 0
    private var previous = (0, 0, 0)

    /// Appends one flat block of a colour in all three components (4:4:4).
    mutating func append(_ colour: (UInt8, UInt8, UInt8)) {
        let (r, g, b) = (Double(colour.0), Double(colour.1), Double(colour.2))
        // JFIF's conversion; a flat block's DC coefficient is eight times its value.
        let y = Int((8 * (0.299 * r + 0.587 * g + 0.114 * b - 128)).rounded())
        let cb = Int((8 * (-0.168_736 * r - 0.331_264 * g + 0.5 * b)).rounded())
        let cr = Int((8 * (0.5 * r - 0.418_688 * g - 0.081_312 * b)).rounded())
        put(difference: y - previous.0)
        put(difference: cb - previous.1)
        put(difference: cr - previous.2)
        previous = (y, cb, cr)
    }

    /// Pads the last byte with ones and gives the data.
    mutating func finish() -> [UInt8] {
        if pending > 0 { put(0b111_1111, 8 - pending) }
        return bytes
    }

    private mutating func put(difference: Int) {
        let category = Int.bitWidth - abs(difference).leadingZeroBitCount
        let code = Self.dcCodes[category]
        put(code.code, code.length)
        // Negative values are written as one's complement (T.81 F.1.2.1.1).
        let value = difference < 0 ? difference - 1 : difference
        if category > 0 { put(UInt32(truncatingIfNeeded: value) & (1 << category - 1), category) }
        put(0, 1)
    }

    private mutating func put(_ bits: UInt32, _ count: Int) {
        accumulator = accumulator << count | bits & (1 << count - 1)
        pending += count
        while pending >= 8 {
            let byte = UInt8(truncatingIfNeeded: accumulator >> (pending - 8))
            bytes.append(byte)
            if byte == 0xFF { bytes.append(0) }
            pending -= 8
        }
    }
}

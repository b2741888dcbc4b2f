/// A grey baseline JPEG (ITU-T T.81) in which each block of 8 × 8 pixels is of one brightness: small, and made without any
/// library.
struct FlatJPEG {
    private(set) var bytes: [UInt8] = [0xFF, 0xD8]
    private var pending: UInt32 = 0
    private var count = 0

    /// - Parameter level: the brightness of the block in a column and row.
    init(width: Int, height: Int, level: (_ column: Int, _ row: Int) -> UInt8) {
        // With a step of 8 the first coefficient of a block is its brightness, as far from the middle.
        segment(0xDB, [0] + [UInt8](repeating: 8, count: 64))
        segment(0xC0, [8] + Self.pair(height) + Self.pair(width) + [1, 1, 0x11, 0])
        segment(0xC4, [0x00] + Self.differences.lengths + Self.differences.values)
        segment(0xC4, [0x10, 1] + [UInt8](repeating: 0, count: 15) + [0])
        segment(0xDA, [1, 1, 0x00, 0, 63, 0])
        var last = 0
        for row in 0..<(height + 7) / 8 {
            for column in 0..<(width + 7) / 8 {
                let value = Int(level(column, row)) - 128
                append(difference: value - last)
                last = value
            }
        }
        // Filled up with ones (F.1.2.3).
        if count > 0 { append(0xFF, bits: 8 - count) }
        bytes += [0xFF, 0xD9]
    }

    private mutating func segment(_ marker: UInt8, _ content: [UInt8]) {
        bytes += [0xFF, marker] + Self.pair(content.count + 2) + content
    }

    private static func pair(_ number: Int) -> [UInt8] { [UInt8(number >> 8 & 0xFF), UInt8(number & 0xFF)] }

    /// Codes of the lengths of differences (table K.3): how many codes of each length, and what they stand for.
    private static let differences = (
        lengths: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0] as [UInt8],
        values: [UInt8](0...11)
    )
    private static let codes: [(code: UInt32, bits: Int)] = [
        (0b00, 2), (0b010, 3), (0b011, 3), (0b100, 3), (0b101, 3), (0b110, 3), (0b1110, 4), (0b11110, 5),
        (0b111110, 6), (0b1111110, 7), (0b11111110, 8), (0b111111110, 9),
    ]

    /// The block's brightness against that of the block before, and that there is nothing else in it.
    private mutating func append(difference: Int) {
        var size = 0
        while abs(difference) >> size > 0 { size += 1 }
        append(Self.codes[size].code, bits: Self.codes[size].bits)
        let value = difference < 0 ? difference + (1 << size) - 1 : difference
        append(UInt32(value), bits: size)
        // The only code of the second table: end of block.
        append(0, bits: 1)
    }

    private mutating func append(_ value: UInt32, bits: Int) {
        for bit in (0..<bits).reversed() {
            pending = pending << 1 | (value >> UInt32(bit) & 1)
            count += 1
            guard count == 8 else { continue }
            bytes.append(UInt8(pending & 0xFF))
            if pending & 0xFF == 0xFF { bytes.append(0) }
            pending = 0
            count = 0
        }
    }
}

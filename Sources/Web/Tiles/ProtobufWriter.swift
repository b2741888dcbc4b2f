/// Writes the wire format of Protocol Buffers: only what vector tiles need.
struct ProtobufWriter {
    private(set) var bytes: [UInt8] = []

    /// Base-128 varint.
    mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// A varint field.
    mutating func field(_ number: UInt64, _ value: UInt64) {
        varint(number << 3)
        varint(value)
    }

    /// A length-delimited field: a message or packed numbers.
    mutating func field(_ number: UInt64, _ content: [UInt8]) {
        varint(number << 3 | 2)
        varint(UInt64(content.count))
        bytes.append(contentsOf: content)
    }

    mutating func field(_ number: UInt64, _ text: String) { field(number, Array(text.utf8)) }

    /// A 64-bit field, little endian.
    mutating func field(_ number: UInt64, _ value: Double) {
        varint(number << 3 | 1)
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// A packed field of varints.
    mutating func field(_ number: UInt64, packed values: [UInt32]) {
        var content = ProtobufWriter()
        for value in values { content.varint(UInt64(value)) }
        field(number, content.bytes)
    }
}

/// Folds the sign into the lowest bit, so that small negative numbers stay short.
func zigzag(_ value: Int32) -> UInt32 { UInt32(bitPattern: (value << 1) ^ (value >> 31)) }

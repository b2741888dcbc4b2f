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

    mutating func field(_ number: UInt64, _ text: String) {
        varint(number << 3 | 2)
        varint(UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    /// Fields that were written elsewhere.
    mutating func append(_ other: ProtobufWriter) { bytes.append(contentsOf: other.bytes) }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// A 64-bit field, little endian.
    mutating func field(_ number: UInt64, _ value: Double) {
        varint(number << 3 | 1)
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// A packed field of varints.
    mutating func field(_ number: UInt64, packed values: [UInt32]) {
        varint(number << 3 | 2)
        varint(values.reduce(0) { $0 + Self.length(of: $1) })
        for value in values { varint(UInt64(value)) }
    }

    /// Bytes of a varint.
    private static func length(of value: UInt32) -> UInt64 {
        UInt64(max(1, (UInt32.bitWidth - value.leadingZeroBitCount + 6) / 7))
    }
}

/// Folds the sign into the lowest bit, so that small negative numbers stay short.
func zigzag(_ value: Int32) -> UInt32 { UInt32(bitPattern: (value << 1) ^ (value >> 31)) }

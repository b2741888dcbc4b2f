extension ExifField {
    /// One 16-bit value.
    static func short(_ value: Int, group: ExifGroup, tag: UInt16, littleEndian: Bool) -> ExifField {
        ExifField(
            group: group, tag: tag, format: .short, count: 1,
            bytes: encoded(value, size: 2, littleEndian: littleEndian), littleEndian: littleEndian)
    }

    /// One 32-bit value.
    static func long(_ value: Int, group: ExifGroup, tag: UInt16, littleEndian: Bool) -> ExifField {
        ExifField(
            group: group, tag: tag, format: .long, count: 1,
            bytes: encoded(value, size: 4, littleEndian: littleEndian), littleEndian: littleEndian)
    }

    /// The low `size` bytes of `value` in that byte order.
    static func encoded(_ value: Int, size: Int, littleEndian: Bool) -> [UInt8] {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        return littleEndian ? bytes : bytes.reversed()
    }
}

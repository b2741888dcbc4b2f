/// One tag of an EXIF block with its raw value, in the block's byte order.
struct ExifField: Sendable {
    let group: ExifGroup
    let tag: UInt16
    let format: ExifFormat
    /// Values, of which `bytes` holds at least so many.
    let count: Int
    let bytes: [UInt8]
    let littleEndian: Bool

    init(
        group: ExifGroup, tag: UInt16, format: ExifFormat, count: Int, bytes: [UInt8], littleEndian: Bool
    ) {
        self.group = group
        self.tag = tag
        self.format = format
        self.count = min(max(0, count), bytes.count / format.size)
        self.bytes = bytes
        self.littleEndian = littleEndian
    }

    /// The bits of the value at `index`, without sign; `nil` when there is none.
    func bits(_ index: Int, size: Int, offset: Int = 0) -> UInt64? {
        guard index >= 0, index < count else { return nil }
        let start = index * format.size + offset
        guard start + size <= bytes.count else { return nil }
        var value: UInt64 = 0
        for step in 0..<size {
            value = value << 8 | UInt64(bytes[littleEndian ? start + size - 1 - step : start + step])
        }
        return value
    }
}

/// The metadata of Canon's box files (CR3): each directory is a TIFF structure in a box of its own (ISO/IEC 14496-12,
/// section 4.2), within `moov` and a box that only Canon has.
struct CanonBoxes {
    struct Part {
        let group: ExifGroup
        /// Where its TIFF structure starts in the file.
        let start: Int
    }

    private(set) var parts: [Part] = []

    private static let names: [String: ExifGroup] = ["CMT1": .image, "CMT2": .photo, "CMT4": .gps]
    /// No file has more.
    private static let mostBoxes = 256

    /// Nil for anything but such a file.
    init?(of bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= 12, bytes[4..<12].elementsEqual("ftypcrx ".utf8) else { return nil }
        read(bytes, in: 0..<bytes.count, depth: 0)
        guard !parts.isEmpty else { return nil }
    }

    private mutating func read(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>, depth: Int) {
        var start = range.lowerBound
        for _ in 0..<Self.mostBoxes where start + 8 <= range.upperBound {
            let size = bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
            let name = String(decoding: bytes[start + 4..<start + 8], as: UTF8.self)
            // Longer ones hold pictures.
            guard size >= 8, start + size <= range.upperBound else { return }
            if let group = Self.names[name] {
                parts.append(Part(group: group, start: start + 8))
            } else if depth == 0, name == "moov" {
                read(bytes, in: start + 8..<start + size, depth: 1)
            } else if depth == 1, name == "uuid", size >= 24 {
                read(bytes, in: start + 24..<start + size, depth: 2)
            }
            start += size
        }
    }
}

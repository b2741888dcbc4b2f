/// Takes maker notes out of an EXIF block before libexif sees it.
///
/// Nothing here needs them, they hide previews, and libexif would interpret them by make: the part of it with the most
/// code for the least known formats.
enum MakerNotes {
    private static let makerNote = 0x927C
    /// Exif, GPS and interoperability directories.
    private static let pointers: Set<Int> = [0x8769, 0x8825, 0xA005]
    private static let mostDirectories = 16
    /// `Exif\0\0` stands in front of the TIFF structure, from which offsets count.
    private static let tiffAt = 6

    /// The payload with the field type of every maker note set to 0, which no reader takes.
    static func blanked(_ payload: [UInt8]) -> [UInt8] {
        guard payload.count >= tiffAt + 8 else { return payload }
        var walk = Walk(bytes: payload, littleEndian: payload[tiffAt] == UInt8(ascii: "I"))
        var directories = [walk.number(at: tiffAt + 4, size: 4) ?? 0]
        var seen: Set<Int> = []
        while let directory = directories.popLast(), seen.count < mostDirectories {
            guard seen.insert(directory).inserted else { continue }
            directories += walk.blank(directoryAt: tiffAt + directory)
        }
        return walk.bytes
    }

    private struct Walk {
        var bytes: [UInt8]
        let littleEndian: Bool

        /// Blanks the directory's maker notes; returns the offsets of the directories it points to.
        mutating func blank(directoryAt start: Int) -> [Int] {
            guard let count = number(at: start, size: 2) else { return [] }
            var found: [Int] = []
            for entry in 0..<count {
                let at = start + 2 + entry * 12
                guard let tag = number(at: at, size: 2), let value = number(at: at + 8, size: 4) else { return found }
                if tag == makerNote {
                    bytes[at + 2] = 0
                    bytes[at + 3] = 0
                } else if pointers.contains(tag) {
                    found.append(value)
                }
            }
            return found + [number(at: start + 2 + count * 12, size: 4) ?? 0]
        }

        func number(at offset: Int, size: Int) -> Int? {
            guard offset >= 0, offset + size <= bytes.count else { return nil }
            return (0..<size).reduce(0) { value, step in
                value << 8 | Int(bytes[littleEndian ? offset + size - 1 - step : offset + step])
            }
        }
    }
}

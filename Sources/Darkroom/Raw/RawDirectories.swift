import Foundation

/// The tags of a raw file, from the directories of its TIFF structure (TIFF 6.0, section 2), or of those that Canon's
/// box files hold. Only what a plain tag can be is read; nothing is followed but the pointers to the EXIF and GPS
/// directories, each once.
struct RawDirectories {
    private(set) var fields: [ExifField] = []
    let littleEndian: Bool
    private let bytes: UnsafeRawBufferPointer

    private static let photoPointer = 0x8769
    private static let gpsPointer = 0x8825
    /// No camera writes as many into one directory.
    private static let mostEntries = 1024
    /// Bytes of a plain tag's value.
    private static let longestValue = 4096
    /// Where in the file the picture's data lie, how they are stored, and what is written anew.
    private static let structural: Set<Int> = [
        0x00FE, 0x00FF, 0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x0111, 0x0115, 0x0116, 0x0117, 0x011C, 0x0142, 0x0143,
        0x0144, 0x0145, 0x014A, 0x0201, 0x0202, 0x0211, 0x0212, 0x0213, 0x0214, 0x02BC, 0x828D, 0x828E, 0x83BB, 0x8649,
        0x8773, photoPointer, gpsPointer, 0x9216, 0x927C, 0xA005,
    ]

    /// Nil when the file has no such structure, or nothing is in it.
    init?(of bytes: UnsafeRawBufferPointer) {
        if let boxes = CanonBoxes(of: bytes) {
            guard let order = boxes.parts.first.flatMap({ Self.byteOrder(bytes, at: $0.start) }) else { return nil }
            (littleEndian, self.bytes) = (order, bytes)
            for part in boxes.parts where Self.byteOrder(bytes, at: part.start) == order {
                read(part.group, from: part.start, at: number(part.start + 4, size: 4))
            }
        } else {
            guard let order = Self.byteOrder(bytes, at: 0) else { return nil }
            (littleEndian, self.bytes) = (order, bytes)
            read(.image, from: 0, at: number(4, size: 4))
        }
        guard !fields.isEmpty else { return nil }
    }

    private static func byteOrder(_ bytes: UnsafeRawBufferPointer, at start: Int) -> Bool? {
        guard start >= 0, start + 8 <= bytes.count else { return nil }
        switch (bytes[start], bytes[start + 1]) {
        case (0x49, 0x49): return true
        case (0x4D, 0x4D): return false
        default: return nil
        }
    }

    /// - Parameter base: where the TIFF structure starts; offsets are from there.
    private mutating func read(_ group: ExifGroup, from base: Int, at offset: Int?) {
        guard let offset, offset > 0, let count = number(base + offset, size: 2), count <= Self.mostEntries else {
            return
        }
        for index in 0..<count {
            let entry = base + offset + 2 + index * 12
            guard let tag = number(entry, size: 2), let type = number(entry + 2, size: 2),
                let values = number(entry + 4, size: 4)
            else { return }
            if group == .image, tag == Self.photoPointer || tag == Self.gpsPointer {
                read(tag == Self.gpsPointer ? .gps : .photo, from: base, at: number(entry + 8, size: 4))
            } else if let format = ExifFormat(rawValue: UInt16(type)), let place = place(entry, base, values, format) {
                take(group, tag, format, values, place)
            }
        }
    }

    /// Where the values are; nil when they are not within the file, or too many.
    private func place(_ entry: Int, _ base: Int, _ count: Int, _ format: ExifFormat) -> Range<Int>? {
        guard count > 0, count <= Self.longestValue else { return nil }
        let length = count * format.size
        guard length <= Self.longestValue else { return nil }
        if length <= 4 { return entry + 8 + length <= bytes.count ? entry + 8..<entry + 8 + length : nil }
        guard let offset = number(entry + 8, size: 4) else { return nil }
        let start = base + offset
        return start + length <= bytes.count ? start..<start + length : nil
    }

    private mutating func take(_ group: ExifGroup, _ tag: Int, _ format: ExifFormat, _ count: Int, _ place: Range<Int>)
    {
        guard group == .gps || !Self.structural.contains(tag) else { return }
        // TIFF/EP (ISO 12234-2) has the moment of exposure in the first directory.
        let group = group == .image && tag == 0x9003 ? .photo : group
        guard ExifNames.name(group, UInt16(tag)) != nil,
            !fields.contains(where: { $0.group == group && $0.tag == tag })
        else { return }
        fields.append(
            ExifField(
                group: group, tag: UInt16(tag), format: format, count: count, bytes: Array(bytes[place]),
                littleEndian: littleEndian))
    }

    private func number(_ start: Int, size: Int) -> Int? {
        guard start >= 0, start + size <= bytes.count else { return nil }
        return (0..<size).reduce(0) { $0 << 8 | Int(bytes[littleEndian ? start + size - 1 - $1 : start + $1]) }
    }
}

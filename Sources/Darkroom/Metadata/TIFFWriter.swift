/// Writes an EXIF block from chosen fields: IFD0 with its Exif, GPS and interoperability directories, and no other.
struct TIFFWriter {
    private let littleEndian: Bool
    private var bytes: [UInt8]

    private static let photoPointer: UInt16 = 0x8769
    private static let gpsPointer: UInt16 = 0x8825
    private static let interoperabilityPointer: UInt16 = 0xA005

    /// The TIFF structure for `fields`, whose bytes must be in the byte order given.
    static func write(_ fields: [ExifField], littleEndian: Bool) -> [UInt8] {
        var writer = TIFFWriter(littleEndian: littleEndian)
        writer.write(Dictionary(grouping: fields, by: \.group))
        return writer.bytes
    }

    private init(littleEndian: Bool) {
        self.littleEndian = littleEndian
        bytes = Array((littleEndian ? "II" : "MM").utf8)
        append(42, size: 2)
        append(8, size: 4)
    }

    private mutating func write(_ groups: [ExifGroup: [ExifField]]) {
        let interoperability = groups[.interoperability] ?? []
        let photo = (groups[.photo] ?? []) + pointer(.photo, Self.interoperabilityPointer, unless: interoperability)
        let gps = groups[.gps] ?? []
        let image =
            (groups[.image] ?? []) + pointer(.image, Self.photoPointer, unless: photo)
            + pointer(.image, Self.gpsPointer, unless: gps)

        let imageAt = bytes.count
        writeDirectory(image)
        if !photo.isEmpty {
            let photoAt = bytes.count
            patch(Self.photoPointer, inDirectoryAt: imageAt, with: photoAt)
            writeDirectory(photo)
            if !interoperability.isEmpty {
                patch(Self.interoperabilityPointer, inDirectoryAt: photoAt, with: bytes.count)
                writeDirectory(interoperability)
            }
        }
        if !gps.isEmpty {
            patch(Self.gpsPointer, inDirectoryAt: imageAt, with: bytes.count)
            writeDirectory(gps)
        }
    }

    /// A place for the offset of another directory, when there is something to put there.
    private func pointer(_ group: ExifGroup, _ tag: UInt16, unless target: [ExifField]) -> [ExifField] {
        target.isEmpty ? [] : [.long(0, group: group, tag: tag, littleEndian: littleEndian)]
    }

    /// A directory, then the values that do not fit its entries; entries are sorted by tag, as TIFF demands.
    private mutating func writeDirectory(_ fields: [ExifField]) {
        let sorted = fields.sorted { $0.tag < $1.tag }
        append(sorted.count, size: 2)
        let valuesAt = bytes.count + sorted.count * 12 + 4
        var values: [UInt8] = []
        for field in sorted {
            let value = field.bytes.prefix(field.count * field.format.size)
            append(Int(field.tag), size: 2)
            append(Int(field.format.rawValue), size: 2)
            append(field.count, size: 4)
            if value.count <= 4 {
                bytes += value
                bytes += [UInt8](repeating: 0, count: 4 - value.count)
            } else {
                append(valuesAt + values.count, size: 4)
                values += value
                // Offsets are even (TIFF 6.0, section 2).
                if value.count % 2 == 1 { values.append(0) }
            }
        }
        append(0, size: 4)
        bytes += values
    }

    private mutating func patch(_ tag: UInt16, inDirectoryAt start: Int, with offset: Int) {
        let count = read(at: start, size: 2)
        for entry in 0..<count where read(at: start + 2 + entry * 12, size: 2) == Int(tag) {
            let target = start + 2 + entry * 12 + 8
            bytes.replaceSubrange(target..<(target + 4), with: encoded(offset, size: 4))
        }
    }

    private func read(at offset: Int, size: Int) -> Int {
        (0..<size).reduce(0) { $0 << 8 | Int(bytes[littleEndian ? offset + size - 1 - $1 : offset + $1]) }
    }

    private mutating func append(_ value: Int, size: Int) { bytes += encoded(value, size: size) }

    private func encoded(_ value: Int, size: Int) -> [UInt8] {
        ExifField.encoded(value, size: size, littleEndian: littleEndian)
    }
}

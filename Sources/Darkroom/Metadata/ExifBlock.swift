import CLibExif

/// The tags of one EXIF block, as libexif finds them.
struct ExifBlock: Sendable {
    let littleEndian: Bool
    let fields: [ExifField]

    /// `payload`: an APP1 payload, `Exif\0\0` and the TIFF structure. `nil` when nothing in it can be read.
    init?(payload: [UInt8]) {
        guard let handle = ExifHandle(payload: MakerNotes.blanked(payload)) else { return nil }
        littleEndian = handle.littleEndian
        fields = handle.fields()
    }

    /// The field with that tag number, when the block has one with at least one value.
    func field(_ group: ExifGroup, _ tag: UInt16) -> ExifField? {
        fields.first { $0.group == group && $0.tag == tag && $0.count > 0 }
    }
}

/// Owns what libexif allocated for one block.
private struct ExifHandle: ~Copyable {
    private let pointer: OpaquePointer

    init?(payload: [UInt8]) {
        guard let opened = wayside_exif_open(payload, payload.count) else { return nil }
        pointer = opened
    }

    deinit { wayside_exif_close(pointer) }

    var littleEndian: Bool { wayside_exif_is_little_endian(pointer) == 1 }

    func fields() -> [ExifField] {
        var fields: [ExifField] = []
        for index in 0..<(wayside_exif_count(pointer)) {
            var entry = WaysideExifEntry()
            guard wayside_exif_entry(pointer, index, &entry) == 1,
                let group = ExifGroup(rawValue: Int(entry.directory)),
                let format = ExifFormat(rawValue: entry.format)
            else { continue }
            let bytes = [UInt8](UnsafeBufferPointer(start: entry.bytes, count: Int(entry.size)))
            fields.append(
                ExifField(
                    group: group, tag: entry.tag, format: format, count: Int(entry.components), bytes: bytes,
                    littleEndian: littleEndian))
        }
        return fields
    }
}

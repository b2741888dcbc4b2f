import Foundation

/// The metadata segments in front of a JPEG's first scan (ITU-T T.81, B.1.1.4). A broken file just has fewer.
struct JPEGSegments {
    /// The first APP1 payload that starts with `Exif\0\0`, that header included.
    private(set) var exif: [UInt8]?
    /// The first standard XMP packet, without its name-space header.
    private(set) var xmp: [UInt8]?
    /// APP2 payloads that start with `ICC_PROFILE\0`, in file order.
    private(set) var icc: [Data] = []
    /// The first APP6 payload that starts with `GoPro\0`, without that header.
    private(set) var goPro: [UInt8]?

    private static let exifHeader = Array("Exif\0\0".utf8)
    private static let xmpHeader = Array("http://ns.adobe.com/xap/1.0/\0".utf8)
    private static let iccHeader = Array("ICC_PROFILE\0".utf8)
    private static let goProHeader = Array("GoPro\0".utf8)

    init(of file: Data) {
        self = file.withUnsafeBytes { JPEGSegments(scanning: $0) }
    }

    private init(scanning bytes: UnsafeRawBufferPointer) {
        guard bytes.count > 4, bytes[0] == 0xFF, bytes[1] == 0xD8 else { return }
        var offset = 2
        while let start = Self.nextMarker(in: bytes, from: offset) {
            let marker = bytes[start]
            // Start of scan, end of image: no metadata segment follows that anyone reads.
            if marker == 0xDA || marker == 0xD9 { return }
            if marker == 0x01 || (0xD0...0xD8).contains(marker) {
                offset = start + 1
                continue
            }
            guard start + 3 <= bytes.count else { return }
            let length = Int(bytes[start + 1]) << 8 | Int(bytes[start + 2])
            guard length >= 2, start + 1 + length <= bytes.count else { return }
            take(marker: marker, UnsafeRawBufferPointer(rebasing: bytes[(start + 3)..<(start + 1 + length)]))
            offset = start + 1 + length
        }
    }

    /// The offset of the next marker's code byte, past fill bytes and whatever does not belong there.
    private static func nextMarker(in bytes: UnsafeRawBufferPointer, from offset: Int) -> Int? {
        var at = offset
        while at < bytes.count, bytes[at] != 0xFF { at += 1 }
        while at < bytes.count, bytes[at] == 0xFF { at += 1 }
        return at < bytes.count ? at : nil
    }

    private mutating func take(marker: UInt8, _ payload: UnsafeRawBufferPointer) {
        switch marker {
        case 0xE1 where exif == nil && payload.starts(with: Self.exifHeader):
            exif = Array(payload)
        case 0xE1 where xmp == nil && payload.starts(with: Self.xmpHeader):
            xmp = Array(payload.dropFirst(Self.xmpHeader.count))
        case 0xE2 where payload.starts(with: Self.iccHeader):
            icc.append(Data(payload))
        case 0xE6 where goPro == nil && payload.starts(with: Self.goProHeader):
            goPro = Array(payload.dropFirst(Self.goProHeader.count))
        default:
            break
        }
    }
}

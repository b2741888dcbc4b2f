import Foundation

/// The metadata of a picture that may be served again: nothing in it shows the unredacted scene.
///
/// What is kept is listed, never what is dropped: a preview in a tag nobody thought of is left out too.
package struct SafeMetadata: Sendable {
    private let exifPayload: [UInt8]?
    private let xmpPacket: [UInt8]?
    private let iccPayloads: [Data]

    /// Longest value of one tag that is kept, bytes.
    private static let longestValue = 4096
    /// What fits an APP1 segment (ITU-T T.81, B.1.1.4) with room for its header.
    private static let longestPayload = 65_000
    /// Colour profiles of cameras take a few kilobytes; beyond this it is something else.
    private static let longestProfile = 4 << 20

    /// `file`: the whole JPEG. Never fails: from broken input just less is kept.
    package init(of file: Data) {
        let segments = JPEGSegments(of: file)
        exifPayload = segments.exif
        xmpPacket = segments.xmp
        iccPayloads = segments.icc
    }

    /// The APP1 payload (`Exif\0\0` and a TIFF structure) with the plain tags of the original; without thumbnail,
    /// maker note and previews. `width` and `height` in pixels as stored, beside `orientation` (1–8).
    /// `nil` when there is no readable EXIF.
    ///
    /// - Parameter isWhole: false where the picture is a part of the original, whose lens and sensor it says nothing of.
    package func exif(orientation: Int, width: Int, height: Int, isWhole: Bool = true) -> Data? {
        guard let exifPayload, let block = ExifBlock(payload: exifPayload) else { return nil }
        let order = block.littleEndian
        var kept = block.fields.filter { Self.isSafe($0) && (isWhole || !Self.ofTheWhole.contains($0.tag)) }
        kept.append(.short(orientation, group: .image, tag: 0x0112, littleEndian: order))
        kept.append(.long(width, group: .photo, tag: 0xA002, littleEndian: order))
        kept.append(.long(height, group: .photo, tag: 0xA003, littleEndian: order))

        var tiff = TIFFWriter.write(kept, littleEndian: order)
        while tiff.count > Self.longestPayload,
            let longest = kept.indices.max(by: { kept[$0].bytes.count < kept[$1].bytes.count })
        {
            kept.remove(at: longest)
            tiff = TIFFWriter.write(kept, littleEndian: order)
        }
        return Data("Exif\0\0".utf8) + Data(tiff)
    }

    /// The standard XMP packet with its plain properties; thumbnails, depth maps and containers are left out.
    /// `nil` when there is none, it cannot be read, or it is longer than 64 KB.
    ///
    /// - Parameter scale: what the picture was made smaller by, where it is a whole panorama; nil: it is a part of the
    ///   original, and no panorama.
    package func xmp(panorama scale: Double? = 1) -> Data? {
        guard let xmpPacket, let packet = XMPPacket(xmpPacket) else { return nil }
        return XMPWriter.write(packet.keepingPlainProperties().scalingPanorama(by: scale)).map { Data($0.utf8) }
    }

    /// The APP2 payloads (each `ICC_PROFILE\0`, number, count, data) as they are.
    package func icc() -> [Data] {
        iccPayloads.reduce(0) { $0 + $1.count } <= Self.longestProfile ? iccPayloads : []
    }

    /// The size of the picture in IFD0 describes the unserved original; dimensions and orientation are set anew.
    private static let rewritten: Set<UInt16> = [0x0100, 0x0101, 0x0112, 0xA002, 0xA003]

    /// Focal length on film, focal plane resolution, subject's place: true of the whole picture only.
    private static let ofTheWhole: Set<UInt16> = [0xA405, 0xA20E, 0xA20F, 0xA210, 0x9214, 0xA214]

    private static func isSafe(_ field: ExifField) -> Bool {
        field.count > 0 && field.bytes.count <= longestValue && ExifNames.name(field.group, field.tag) != nil
            && !rewritten.contains(field.tag) && !field.holdsPicture
    }
}

extension ExifField {
    /// Whether a part of a JPEG is somewhere in the value: a start, and in what is not made of numbers also a frame,
    /// tables or a scan. No plain tag holds those bytes, and a preview may have lost its first ones.
    var holdsPicture: Bool {
        guard bytes.count > 16 else { return false }
        let pairs = zip(bytes, bytes.dropFirst())
        guard [.byte, .ascii, .undefined].contains(format) else {
            return zip(pairs, bytes.dropFirst(2)).contains { $0.0 == 0xFF && $0.1 == 0xD8 && $1 == 0xFF }
        }
        return pairs.contains { $0 == 0xFF && Self.markers.contains($1) }
    }

    private static let markers: Set<UInt8> = [0xC0, 0xC2, 0xC4, 0xD8, 0xDA, 0xDB]
}

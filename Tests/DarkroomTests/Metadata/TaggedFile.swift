import Foundation

/// A JPEG with no picture in it but any tags, well formed or not, for the readers of metadata.
struct TaggedFile {
    enum Value {
        case ascii(String)
        case bytes([UInt8])
        case undefined([UInt8])
        case short(Int)
        case long(Int)
        case rationals([(Int, Int)])
        case signedRationals([(Int, Int)])
        case doubles([Double])
        /// Any field type, count and bytes, true or not.
        case raw(type: Int, count: Int, bytes: [UInt8])
    }

    var image: [Int: Value] = [0x010F: .ascii("Wayside"), 0x0110: .ascii("Test Camera")]
    var photo: [Int: Value] = [0x9003: .ascii("2024:06:01 14:00:00")]
    /// 48° 51′ 30″ N, 2° 21′ 18″ E: Paris.
    var gps: [Int: Value] = [
        1: .ascii("N"), 2: .rationals([(48, 1), (51, 1), (30, 1)]),
        3: .ascii("E"), 4: .rationals([(2, 1), (21, 1), (18, 1)]),
    ]
    /// A JPEG in IFD1.
    var thumbnail: [UInt8]?
    var bigEndian = false
    /// Text of a standard XMP packet.
    var xmp: String?
    /// Further segments: marker and payload.
    var segments: [(marker: UInt8, payload: [UInt8])] = []

    /// A GPano (or other) packet with these properties as attributes of one description.
    static func packet(_ properties: [String: String]) -> String {
        let attributes = properties.sorted { $0.key < $1.key }.map { " \($0)=\"\($1)\"" }.joined()
        return """
            <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
             xmlns:GPano="http://ns.google.com/photos/1.0/panorama/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
             xmlns:Camera="http://pix4d.com/camera/1.0" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
             xmlns:GImage="http://ns.google.com/photos/1.0/image/"\(attributes)/></rdf:RDF></x:xmpmeta>
            <?xpacket end="w"?>
            """
    }

    func data() -> Data {
        var file: [UInt8] = [0xFF, 0xD8]
        append(0xE1, Array("Exif\0\0".utf8) + tiff(), to: &file)
        if let xmp { append(0xE1, Array("http://ns.adobe.com/xap/1.0/\0".utf8) + Array(xmp.utf8), to: &file) }
        for segment in segments { append(segment.marker, segment.payload, to: &file) }
        return Data(file + [0xFF, 0xDA, 0, 2, 0xFF, 0xD9])
    }

    private func append(_ marker: UInt8, _ payload: [UInt8], to file: inout [UInt8]) {
        let length = payload.count + 2
        file += [0xFF, marker, UInt8(length >> 8 & 255), UInt8(length & 255)] + payload
    }

    // MARK: TIFF 6.0, section 2

    /// The TIFF structure: IFD0, its Exif and GPS directories, and IFD1 with the thumbnail.
    func tiff() -> [UInt8] {
        var root = image
        var at = 8
        let photoAt = photo.isEmpty ? nil : at
        at += photo.isEmpty ? 0 : directory(photo, at: at, next: 0).count
        let gpsAt = gps.isEmpty ? nil : at
        at += gps.isEmpty ? 0 : directory(gps, at: at, next: 0).count
        if let photoAt { root[0x8769] = .long(photoAt) }
        if let gpsAt { root[0x8825] = .long(gpsAt) }
        let rootAt = at
        let end = rootAt + directory(root, at: rootAt, next: 0).count
        var bytes = Array((bigEndian ? "MM" : "II").utf8) + number(42, 2) + number(rootAt, 4)
        if let photoAt { bytes += directory(photo, at: photoAt, next: 0) }
        if let gpsAt { bytes += directory(gps, at: gpsAt, next: 0) }
        bytes += directory(root, at: rootAt, next: thumbnail == nil ? 0 : end)
        guard let thumbnail else { return bytes }
        let entries: [Int: Value] = [0x0103: .short(6), 0x0201: .long(0), 0x0202: .long(thumbnail.count)]
        let dataAt = end + directory(entries, at: end, next: 0).count
        return bytes + directory(entries.merging([0x0201: .long(dataAt)]) { $1 }, at: end, next: 0) + thumbnail
    }

    private func directory(_ entries: [Int: Value], at start: Int, next: Int) -> [UInt8] {
        var head = number(entries.count, 2)
        var tail: [UInt8] = []
        let tailAt = start + 2 + entries.count * 12 + 4
        for (tag, value) in entries.sorted(by: { $0.key < $1.key }) {
            let (type, count, bytes) = encoded(value)
            head += number(tag, 2) + number(type, 2) + number(count, 4)
            if bytes.count <= 4 {
                head += bytes + [UInt8](repeating: 0, count: 4 - bytes.count)
            } else {
                head += number(tailAt + tail.count, 4)
                tail += bytes + [UInt8](repeating: 0, count: bytes.count % 2)
            }
        }
        return head + number(next, 4) + tail
    }

    private func encoded(_ value: Value) -> (type: Int, count: Int, bytes: [UInt8]) {
        switch value {
        case .bytes(let bytes): return (1, bytes.count, bytes)
        case .ascii(let text): return (2, text.utf8.count + 1, Array(text.utf8) + [0])
        case .short(let short): return (3, 1, number(short, 2))
        case .long(let long): return (4, 1, number(long, 4))
        case .rationals(let pairs): return (5, pairs.count, pairs.flatMap { number($0.0, 4) + number($0.1, 4) })
        case .undefined(let bytes): return (7, bytes.count, bytes)
        case .signedRationals(let pairs):
            return (10, pairs.count, pairs.flatMap { number($0.0, 4) + number($0.1, 4) })
        case .doubles(let doubles):
            return (12, doubles.count, doubles.flatMap { number(Int(bitPattern: UInt($0.bitPattern)), 8) })
        case .raw(let type, let count, let bytes): return (type, count, bytes)
        }
    }

    private func number(_ value: Int, _ size: Int) -> [UInt8] {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        return bigEndian ? bytes.reversed() : bytes
    }
}

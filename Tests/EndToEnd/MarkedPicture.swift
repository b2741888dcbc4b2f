import Domain
import Foundation
import TestSupport

/// A picture with an unmistakable mark in every hiding place: whichever is found again anywhere has leaked.
struct MarkedPicture: Sendable {
    let name: String
    let data: Data
    /// Marks that stand in the file as they are: in the EXIF thumbnail, the maker note, a thumbnail in XMP, further
    /// segments, a comment, after the end of the picture, and 64 bytes of the compressed picture itself.
    let marks: [Data]

    /// - Parameters:
    ///   - index: the place on a straight drive, so that each picture has a place, a time and bytes of its own.
    ///   - isPlaced: without a place it is refused.
    init(_ index: Int, isPlaced: Bool = true) {
        let text = { (place: String) in Array("WAYSIDE-MARK-\(place)-\(index)-".utf8) }
        let preview = { (place: String) -> [UInt8] in [0xFF, 0xD8, 0xFF, 0xDB] + text(place) + [0xFF, 0xD9] }
        // As some editors leave a thumbnail: base64 in an attribute.
        let base64 = Data(preview("XMP") + [UInt8](repeating: 7, count: 60)).base64EncodedString()
        var jpeg = TestJPEG.drive(index)
        if !isPlaced { jpeg.position = nil }
        jpeg.width = 640
        jpeg.height = 480
        jpeg.thumbnail = preview("THUMBNAIL")
        jpeg.makerNote = Array("Canon\0".utf8) + preview("MAKERNOTE")
        jpeg.xmp = """
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
            <rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" rdf:about="" xmp:Nickname="\(base64)"/></rdf:RDF>\
            </x:xmpmeta>
            """
        let plain = jpeg.bytes()
        var segments: [UInt8] = []
        Self.append(0xE1, Array("Exif\0\0".utf8) + preview("SECOND"), to: &segments)
        Self.append(0xE2, Array("MPF\0".utf8) + preview("MPF"), to: &segments)
        Self.append(0xEB, preview("SEGMENT"), to: &segments)
        Self.append(0xFE, text("COMMENT"), to: &segments)
        // Other segments come after EXIF, where cameras put them.
        let exifEnd = 4 + (Int(plain[4]) << 8 | Int(plain[5]))
        var file = Array(plain[..<exifEnd])
        file += segments
        file += plain[exifEnd...]
        file += preview("TRAILING")
        data = Data(file)
        name = "G\(index).JPG"
        let places = ["THUMBNAIL", "MAKERNOTE", "SECOND", "MPF", "SEGMENT", "COMMENT", "TRAILING"]
        let middle = plain.count * 2 / 3
        let scan = Data(plain[middle..<(middle + 64)])
        marks = places.map { Data(text($0)) } + [Data(base64.utf8.prefix(36)), scan]
    }

    private static func append(_ marker: UInt8, _ payload: [UInt8], to out: inout [UInt8]) {
        let length = payload.count + 2
        out += [0xFF, marker, UInt8(length >> 8), UInt8(length & 255)] + payload
    }
}

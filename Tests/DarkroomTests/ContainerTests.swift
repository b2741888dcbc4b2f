import Darkroom
import Domain
import Foundation
import TestSupport
import Testing

/// A camera hides the scene in more places than its pixels.
@Suite("Other containers of the scene")
struct ContainerTests {
    /// Stands for the bytes of a small picture of the scene, marked.
    private static let preview = Data([0xFF, 0xD8, 0xFF, 0xDB]) + Data("UNREDACTED-PREVIEW".utf8) + Data([0xFF, 0xD9])
    private static let mark = Data("UNREDACTED".utf8)
    /// The mark as it looks in base64, at each of the three alignments.
    private static let encodedMarks = (0..<3).map { shift in
        let text = (Data(count: shift) + mark).base64EncodedString()
        return Data(text.dropFirst(4).prefix(8).utf8)
    }

    private static func segment(_ marker: UInt8, _ payload: Data) -> Data {
        let length = payload.count + 2
        return Data([0xFF, marker, UInt8(length >> 8), UInt8(length & 255)]) + payload
    }

    /// Position, time, a thumbnail, a maker note with a preview, and one in a tag of no name.
    private static func exif() -> Data {
        var tagged = TaggedFile()
        tagged.thumbnail = [UInt8](preview)
        tagged.photo[0x927C] = .undefined(Array("Panasonic\0\0\0".utf8) + [UInt8](preview))
        tagged.photo[0xC000] = .undefined([UInt8](preview))
        tagged.image[0x014A] = .long(8)
        tagged.image[0xC6F3] = .undefined([UInt8](preview))
        return Data("Exif\0\0".utf8) + Data(tagged.tiff())
    }

    private static func xmp() -> Data {
        let base64 = preview.base64EncodedString()
        return Data(
            """
            http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF \
            xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" \
            xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpGImg="http://ns.adobe.com/xap/1.0/g/img/" \
            xmlns:GImage="http://ns.google.com/photos/1.0/image/" xmlns:GDepth="http://ns.google.com/photos/1.0/depthmap/" \
            xmlns:GCamera="http://ns.google.com/photos/1.0/camera/" xmlns:xmpNote="http://ns.adobe.com/xmp/note/" \
            GImage:Data="\(base64)" GDepth:Data="\(base64)" GCamera:MotionPhoto="1" GCamera:MicroVideoOffset="99" \
            xmpNote:HasExtendedXMP="28C74E0AC2D796886759006FBE2E57B7" xmp:Rating="3"><xmp:Thumbnails><rdf:Alt><rdf:li \
            rdf:parseType="Resource"><xmpGImg:image>\(base64)</xmpGImg:image></rdf:li></rdf:Alt></xmp:Thumbnails>\
            </rdf:Description></rdf:RDF></x:xmpmeta>
            """.utf8)
    }

    /// A picture with the scene in every place that is known for it.
    private static func source(_ coding: CodedPicture) throws -> Data {
        let plain = try coding.file()
        let structure = try JPEGStructure(of: plain, maximumPixels: .max)
        var file = Data([0xFF, 0xD8])
        // JFIF with a thumbnail, and its extension.
        file += segment(0xE0, Data("JFIF\0".utf8) + Data([1, 2, 0, 0, 1, 0, 1, 2, 2]) + preview)
        file += segment(0xE0, Data("JFXX\0".utf8) + Data([0x10]) + preview)
        file += segment(0xE1, exif())
        file += segment(0xE1, xmp())
        file += segment(0xE1, Data("http://ns.adobe.com/xmp/extension/\0".utf8) + Data(count: 40) + preview)
        file += segment(0xE2, Data("MPF\0II*\0".utf8) + preview)
        file += segment(0xE2, Data("FPXR\0".utf8) + preview)
        file += segment(0xED, Data("Photoshop 3.0\u{0}8BIM".utf8) + Data([4, 12, 0, 0]) + preview)
        // Makers' own, and a comment.
        for marker: UInt8 in [0xE3, 0xE4, 0xE5, 0xE7, 0xE8, 0xEC, 0xEF, 0xFE] {
            file += segment(marker, preview)
        }
        for range in structure.essentials { file += plain[range] }
        // Behind the end: MPF's other pictures, a motion photo's film.
        file += Data([0xFF, 0xD9]) + preview + Data("\0\0\0\u{18}ftypmp42".utf8) + preview
        return file
    }

    @Test(
        "none of them is in any file that is served, whether something is hidden or not",
        arguments: CodedPicture.all.prefix(10), [false, true])
    func dropped(coding: CodedPicture, isRedacted: Bool) throws {
        let source = try Self.source(coding)
        try #require(source.range(of: Self.mark) != nil)
        let mask = Polygon(x: 0.2, y: 0.2, width: 0.3, height: 0.3)
        let treated = try TreatedPicture(source, RedactionPolicy(preset: .none, masks: isRedacted ? [mask] : []))
        for file in try treated.files {
            #expect(file.range(of: Self.mark) == nil)
            for mark in Self.encodedMarks { #expect(file.range(of: mark) == nil) }
            for word in ["JFXX", "MPF\0", "ftyp", "xmp/extension", "Photoshop", "MicroVideo", "HasExtendedXMP"] {
                #expect(file.range(of: Data(word.utf8)) == nil, "\(word)")
            }
            #expect(file.suffix(2) == Data([0xFF, 0xD9]))
            // One picture in each file: its start is the only one.
            #expect(file.dropFirst(2).range(of: Data([0xFF, 0xD8, 0xFF])) == nil)
        }
        // What says nothing of the scene stays.
        #expect(try treated.file(.hd).range(of: Data("Test Camera".utf8)) != nil)
        #expect(try treated.file(.hd).range(of: Data("Rating".utf8)) != nil)
    }

    @Test("what stands behind a marker that the standard reserves is not needed, and left out")
    func reserved() throws {
        let plain = try CodedPicture(name: "4:2:0", across: 2, down: 2).file()
        for marker: UInt8 in [0xF0, 0xF7, 0xFD, 0xC8, 0xDE, 0xDF, 0x02, 0xBF] {
            let file = plain.prefix(2) + Self.segment(marker, Self.preview) + plain.dropFirst(2)
            let structure = try JPEGStructure(of: Data(file), maximumPixels: .max)
            let result = JPEGAssembler().assemble(Data(file), structure)
            #expect(result.range(of: Self.mark) == nil)
            #expect(try Coefficients(of: result).compared(with: Coefficients(of: plain), touched: []) == (0, 0))
        }
    }
}

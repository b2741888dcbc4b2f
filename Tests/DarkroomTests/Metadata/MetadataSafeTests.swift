import Darkroom
import Domain
import Foundation
import Testing

@Suite("The metadata that is served again")
struct MetadataSafeTests {
    /// Stands for an unredacted preview: starts as a JPEG does, and is easy to find again.
    private static let preview = [0xFF, 0xD8, 0xFF, 0xE0] + Array("UNREDACTED".utf8) + [UInt8](repeating: 7, count: 90)

    private static func holdsPreview(_ data: Data?) -> Bool {
        data?.range(of: Data("UNREDACTED".utf8)) != nil || data?.range(of: Data([0xFF, 0xD8, 0xFF])) != nil
    }

    /// The tags of a file that has just this EXIF payload.
    private func reread(_ payload: Data) throws -> PictureTags {
        let length = payload.count + 2
        let file =
            Data([0xFF, 0xD8, 0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)]) + payload + Data([0xFF, 0xD9])
        return try MetadataTables.reader().read(file, width: 4000, height: 3000)
    }

    @Test("the tags survive, orientation and size are set as asked", arguments: [false, true])
    func keepsTags(bigEndian: Bool) throws {
        var file = TaggedFile()
        file.bigEndian = bigEndian
        file.thumbnail = Self.preview
        file.image[0x0112] = .short(6)
        file.photo[0x829D] = .rationals([(14, 5)])
        file.photo[0x9291] = .ascii("25")
        file.photo[0xA002] = .long(9_999)
        file.gps[6] = .rationals([(12_345, 100)])
        file.gps[17] = .rationals([(9_125, 100)])
        let before = try file.read()

        let payload = try #require(SafeMetadata(of: file.data()).exif(orientation: 1, width: 640, height: 480))
        #expect(payload.prefix(6).elementsEqual("Exif\0\0".utf8))
        var after = try reread(payload)
        #expect(after.orientation == 1)
        #expect(after.exif.removeValue(forKey: "Exif.Photo.PixelXDimension") == "640")
        #expect(after.exif.removeValue(forKey: "Exif.Photo.PixelYDimension") == "480")
        var expected = before.exif
        expected["Exif.Photo.PixelXDimension"] = nil
        expected["Exif.Image.Orientation"] = "1"
        #expect(after.exif == expected)
        #expect(after.position == before.position && after.capturedAt == before.capturedAt)
        #expect(after.heading == 91.25 && after.altitude == 123.45)
    }

    @Test("no preview gets among the tags that outlive the original", arguments: [0x927C, 0x9286, 0xA40B])
    func keepsPreviewsOutOfTags(tag: Int) throws {
        var file = TaggedFile()
        file.thumbnail = Self.preview
        file.photo[tag] = .undefined(Array("ASCII\0\0\0".utf8) + Self.preview)
        file.gps[0x1B] = .undefined(Array("ASCII\0\0\0".utf8) + Self.preview)
        let base64 = Data(Self.preview).base64EncodedString()
        file.xmp = TaggedFile.packet([
            "tiff:ImageDescription": base64, "exif:UserComment": String(repeating: "QUJD", count: 400),
            "tiff:Artist": "Ada", "GImage:Data": base64,
        ])
        let tags = try file.read()
        let text = tags.exif.map { "\($0.key)=\($0.value)" }.joined(separator: "\n")
        #expect(!text.contains("UNREDACTED"), "\(text)")
        #expect(!text.contains(base64.prefix(16)) && !text.contains("QUJDQUJD"))
        #expect(tags.exif["Xmp.tiff.Artist"] == "Ada")
    }

    @Test(
        "no preview survives, wherever the camera put it",
        arguments: [0x927C, 0x9286, 0xA40B, 0xC4A5, 0x0111, 0x014A, 0x02BC, 0x8649, 0x501B, 0xC634, 0xEA1C])
    func dropsPreviews(tag: Int) throws {
        var file = TaggedFile()
        file.thumbnail = Self.preview
        file.photo[tag] = .undefined(Array("ASCII\0\0\0".utf8) + Self.preview)
        file.image[tag] = .undefined(Self.preview)
        file.gps[0x1B] = .undefined(Self.preview)
        file.segments = [(0xE2, Array("MPF\0".utf8) + Self.preview), (0xE1, Array("Exif\0\0".utf8) + Self.preview)]
        #expect(Self.holdsPreview(Data(file.data().dropFirst(4))))

        let safe = SafeMetadata(of: file.data())
        let payload = try #require(safe.exif(orientation: 1, width: 1, height: 1))
        #expect(!Self.holdsPreview(payload))
        #expect(safe.icc().isEmpty)
        #expect(try reread(payload).make == "Wayside")
    }

    @Test("XMP keeps its plain properties and loses everything that can hold a picture")
    func xmp() throws {
        var file = TaggedFile()
        file.xmp = """
            <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:pano="http://ns.google.com/photos/1.0/panorama/"
             xmlns:GImage="http://ns.google.com/photos/1.0/image/" xmlns:GDepth="http://ns.google.com/photos/1.0/depthmap/"
             xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpGImg="http://ns.adobe.com/xap/1.0/g/img/"
             xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
             pano:ProjectionType="equirectangular" GImage:Data="/9j/UNREDACTED" tiff:Orientation="6"
             xmp:Label="/9j/4AAQ">
            <GDepth:Data>UNREDACTED</GDepth:Data>
            <xmp:Thumbnails><rdf:Alt><rdf:li rdf:parseType="Resource"><xmpGImg:image>UNREDACTED</xmpGImg:image></rdf:li>
            </rdf:Alt></xmp:Thumbnails>
            <xmp:CreatorTool>A &amp; B &lt;1&gt;</xmp:CreatorTool>
            <dc:subject><rdf:Bag><rdf:li>road</rdf:li><rdf:li>bridge</rdf:li></rdf:Bag></dc:subject>
            <dc:description>\(String(repeating: "QUJD", count: 400))</dc:description>
            </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>
            """
        let packet = try #require(SafeMetadata(of: file.data()).xmp())
        let text = String(decoding: packet, as: UTF8.self)
        for word in ["UNREDACTED", "/9j/", "GImage", "GDepth", "Thumbnails", "Orientation", "QUJD"] {
            #expect(!text.contains(word), "\(word) is still there")
        }
        var again = TaggedFile()
        again.xmp = text
        let exif = try again.read().exif
        #expect(exif["Xmp.GPano.ProjectionType"] == "equirectangular")
        #expect(exif["Xmp.xmp.CreatorTool"] == "A & B <1>")
        #expect(exif["Xmp.dc.subject"] == "road, bridge")
    }

    @Test("colour profiles are kept as they are, in order")
    func profiles() {
        let first = Array("ICC_PROFILE\0".utf8) + [1, 2] + Array("first".utf8)
        let second = Array("ICC_PROFILE\0".utf8) + [2, 2] + Array("second".utf8)
        var file = TaggedFile()
        file.segments = [(0xE2, first), (0xE2, Array("MPF\0x".utf8)), (0xE2, second)]
        #expect(SafeMetadata(of: file.data()).icc() == [Data(first), Data(second)])
    }

    @Test(
        "a file without metadata gives none",
        arguments: [Data(), Data("not a picture".utf8), Data([0xFF, 0xD8, 0xFF, 0xD9])])
    func nothing(file: Data) {
        let safe = SafeMetadata(of: file)
        #expect(safe.exif(orientation: 1, width: 1, height: 1) == nil)
        #expect(safe.xmp() == nil)
        #expect(safe.icc().isEmpty)
    }

    @Test("a block too long for its segment loses its longest tags")
    func tooLong() throws {
        var file = TaggedFile()
        for tag in [0x010D, 0x010E, 0x0131, 0x013B, 0x013C, 0x8298] {
            file.image[tag] = .ascii(String(repeating: "x", count: 4_000))
        }
        for tag in [0x8824, 0x9286, 0xA420, 0xA430, 0xA433, 0xA434, 0xA435] {
            file.photo[tag] = .ascii(String(repeating: "y", count: 4_000))
        }
        let payload = try #require(SafeMetadata(of: file.data()).exif(orientation: 1, width: 1, height: 1))
        #expect(payload.count < 65_000)
        #expect(try reread(payload).make == "Wayside")
    }
}

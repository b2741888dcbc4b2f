import Darkroom
import Domain
import Foundation
import Testing

@Suite("Tags that were made to break their reader")
struct MetadataHostileTests {
    @Test("directories that point at themselves and at each other end")
    func cycles() throws {
        // IFD0 at 8: one entry, the Exif directory at 8 again; the next directory is 8 as well.
        let loop: [UInt8] = [
            0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x69, 0x87, 4, 0, 1, 0, 0, 0, 8, 0, 0, 0, 8, 0, 0, 0,
        ]
        let file = Self.file(exif: loop)
        #expect(throws: Rejection.self) { try MetadataTables.reader().read(file, width: 10, height: 10) }
        _ = SafeMetadata(of: file).exif(orientation: 1, width: 1, height: 1)
    }

    @Test(
        "counts and types that promise more than there is are left out",
        arguments: [
            .raw(type: 5, count: 0x7FFF_FFFF, bytes: [1, 2, 3, 4, 5, 6, 7, 8]),
            .raw(type: 2, count: 0xFFFF_FFFF, bytes: [0xF0, 0xFF, 0, 0]), .raw(type: 0, count: 1, bytes: [1]),
            .raw(type: 99, count: 1, bytes: [1, 2, 3, 4]), .raw(type: 12, count: 0x2000_0000, bytes: [0, 0, 0, 0, 0]),
            .raw(type: 7, count: 0, bytes: []),
        ] as [TaggedFile.Value])
    func counts(value: TaggedFile.Value) throws {
        var file = TaggedFile()
        for tag in [0x0112, 0x9C9B, 0x010E, 0x0131] { file.image[tag] = value }
        for tag in [0x829D, 0x9286, 0x927C, 0x9291, 0x9011] { file.photo[tag] = value }
        for tag in [0x06, 0x11, 0x1B, 0x1F, 0x1D, 0x07] { file.gps[tag] = value }
        let tags = try file.read()
        #expect(tags.make == "Wayside")
        #expect(tags.orientation == 1)
        #expect(tags.altitude == nil)
    }

    @Test(
        "XMP with a document type, entities, endless depth or no end is not read",
        arguments: [
            "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>" + TaggedFile.packet(["tiff:Make": "&b;"]),
            "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">" + TaggedFile.packet(["tiff:Make": "x"]),
            TaggedFile.packet(["tiff:Make": "&unknown;"]), TaggedFile.packet(["tiff:Make": "&#xD800;"]),
            String(repeating: "<a>", count: 5_000), String(repeating: "<a>", count: 30) + "x",
            String(TaggedFile.packet(["tiff:Make": "x"]).dropLast(60)), "<a b=\"", "<", "<a:b/>", "</a>", "<!--", "",
            "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>", "<rdf:RDF/>",
        ])
    func packets(xmp: String) throws {
        var file = TaggedFile()
        file.xmp = xmp
        #expect(try file.read().exif.keys.allSatisfy { !$0.hasPrefix("Xmp.") })
        #expect(SafeMetadata(of: file.data()).xmp() == nil)
    }

    @Test("keys and values are bounded")
    func bounds() throws {
        var file = TaggedFile()
        let properties = (0..<600).map { ("tiff:Property\($0)", String(repeating: "v", count: 20)) }
        file.xmp = TaggedFile.packet(Dictionary(uniqueKeysWithValues: properties.prefix(490)))
        file.image[0x010E] = .ascii(String(repeating: "long ", count: 3_000))
        let exif = try file.read().exif
        #expect(exif.count == 200)
        #expect(exif.values.allSatisfy { $0.utf8.count <= 1_024 })
    }

    @Test("thousands of damaged files are read or refused, and never bring the reader down")
    func mutations() throws {
        let reader = try MetadataTables.reader()
        let originals = [Self.rich(bigEndian: false), Self.rich(bigEndian: true)].map { [UInt8]($0.data()) }
        var random = Generator(state: 42)
        var read = 0
        var refused = 0
        for round in 0..<3_000 {
            let file = Data(Self.damaged(originals[round % 2], with: &random))
            do {
                let tags = try reader.read(file, width: 4000, height: 3000)
                #expect(abs(tags.position.latitude) <= 90 && abs(tags.position.longitude) <= 180)
                #expect(tags.heading.map { $0 >= 0 && $0 < 360 } ?? true)
                read += 1
            } catch {
                refused += 1
            }
            let safe = SafeMetadata(of: file)
            let payload = safe.exif(orientation: 1, width: 1, height: 1)
            #expect(payload?.range(of: Data("UNREDACTED".utf8)) == nil)
            _ = safe.xmp()
        }
        // Both ways out were taken: the damage is neither too light nor too heavy to test anything.
        #expect(read > 300 && refused > 300)
    }

    private static func file(exif: [UInt8]) -> Data {
        let payload = Array("Exif\0\0".utf8) + exif
        return Data([0xFF, 0xD8, 0xFF, 0xE1, 0, UInt8(payload.count + 2)] + payload + [0xFF, 0xD9])
    }

    private static func rich(bigEndian: Bool) -> TaggedFile {
        var file = TaggedFile()
        file.bigEndian = bigEndian
        file.thumbnail = [0xFF, 0xD8, 0xFF] + Array("UNREDACTED".utf8)
        file.image[0x0112] = .short(6)
        file.image[0x9C9B] = .bytes([0x41, 0, 0x42, 0])
        file.photo[0x829D] = .rationals([(14, 5)])
        file.photo[0x9286] = .undefined(Array("UNICODE\0".utf8) + [0, 65, 0, 66])
        file.photo[0x927C] = .undefined(Array("Nikon\0\u{2}\u{10}\0\0".utf8) + [UInt8](repeating: 3, count: 40))
        file.photo[0x9291] = .ascii("123")
        file.gps[6] = .rationals([(1, 3)])
        file.gps[7] = .rationals([(12, 1), (0, 1), (1, 1)])
        file.gps[17] = .rationals([(90, 1)])
        file.gps[29] = .ascii("2024:06:01")
        file.xmp = TaggedFile.packet(["GPano:PoseHeadingDegrees": "12.5", "Camera:Pitch": "1/2"])
        return file
    }

    private static func damaged(_ original: [UInt8], with random: inout Generator) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...12, using: &random) {
            let at = Int.random(in: 2..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes[at] = 0xFF
            case 2: bytes[at] = 0
            default:
                // An entry copied over another.
                let from = Int.random(in: 2..<bytes.count, using: &random)
                for step in 0..<min(12, bytes.count - max(at, from)) { bytes[at + step] = original[from + step] }
            }
        }
        return Int.random(in: 0..<10, using: &random) == 0
            ? Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &random))) : bytes
    }

    /// Always the same numbers (a linear congruential generator, Knuth's constants).
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }
}

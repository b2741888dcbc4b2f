import Crypto
import Darkroom
import DarkroomProtocol
import Domain
import Foundation
import TestSupport
import Testing

@Suite("The treatment of one picture")
struct TreatmentTests {
    /// A picture treated in a folder of its own.
    private struct Treated {
        let development: TreatmentReply.Development
        let folder: TemporaryFolder

        func file(_ kind: Derivative.Kind) throws -> Data {
            let written = try #require(development.files.first { $0.derivative.kind == kind })
            return try Data(contentsOf: URL(filePath: folder.file(written.name)))
        }

        func size(_ kind: Derivative.Kind) -> PixelSize? {
            development.files.first { $0.derivative.kind == kind }
                .map { PixelSize(width: $0.derivative.width, height: $0.derivative.height) }
        }
    }

    private func outcome(_ file: Data, _ policy: RedactionPolicy, in folder: TemporaryFolder) throws
        -> TreatmentReply.Outcome
    {
        let source = folder.file("source")
        try file.write(to: URL(filePath: source))
        return try Scenery.treatment().outcome(
            of: TreatmentRequest(
                id: 1, work: .develop, source: source, outputFolder: folder.path, policy: policy,
                maximumPixels: 150_000_000))
    }

    private func treat(_ file: Data, _ preset: RedactionPreset = .none) throws -> Treated {
        let folder = try TemporaryFolder()
        let outcome = try outcome(file, RedactionPolicy(preset: preset), in: folder)
        guard case .developed(let development) = outcome else {
            throw Failure(.internalError, "not developed: \(outcome)")
        }
        return Treated(development: development, folder: folder)
    }

    @Test("a turned picture keeps its own blocks and tag in hd, and is upright in sd and thumb")
    func turned() throws {
        let source = try Scenery.jpeg(PixelSize(width: 3000, height: 2000), orientation: 6) { x, y in
            (UInt8(x * 255 / 3000), UInt8(y * 255 / 2000), 90)
        }
        let treated = try treat(source)
        #expect(treated.size(.hd) == PixelSize(width: 2000, height: 3000))
        #expect(treated.size(.sd) == PixelSize(width: 2000, height: 3000))
        #expect(treated.size(.thumb) == PixelSize(width: 500, height: 750))
        let hd = try PlanarPicture(decoding: treated.file(.hd)), original = try PlanarPicture(decoding: source)
        #expect(hd.size == PixelSize(width: 3000, height: 2000))
        #expect(hd.differences(from: original) == 0)
        let thumb = try PlanarPicture(decoding: treated.file(.thumb))
        #expect(thumb.size == PixelSize(width: 500, height: 750))
        // Orientation 6: what was stored on the left is shown on top; red grew to the right.
        #expect(thumb.luma(250, 740) > thumb.luma(250, 10) + 40)
    }

    @Test("each file's size and SHA-256 are what the reply says")
    func hashes() throws {
        let treated = try treat(TestJPEG().data())
        #expect(treated.development.files.map(\.name).sorted() == ["hd.jpg", "sd.jpg", "thumb.jpg"])
        for written in treated.development.files {
            let data = try Data(contentsOf: URL(filePath: treated.folder.file(written.name)))
            let hash = SHA256.hash(data: data).map { String(format: "%02x", $0) }.joined()
            #expect(Int64(data.count) == written.derivative.size)
            #expect(hash == written.derivative.sha256)
        }
    }

    @Test("a panorama is cut into tiles, and its thumb shows the middle")
    func panorama() throws {
        var jpeg = TestJPEG()
        jpeg.width = 2048
        jpeg.height = 1024
        jpeg.xmp = """
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
            <rdf:Description rdf:about="" xmlns:GPano="http://ns.google.com/photos/1.0/panorama/" \
            GPano:ProjectionType="equirectangular"/></rdf:RDF></x:xmpmeta>
            """
        jpeg.colour = { column, _ in (96..<160).contains(column) ? (230, 230, 230) : (20, 20, 20) }
        let treated = try treat(jpeg.data())
        #expect(treated.size(.tile(column: 3, row: 1)) == PixelSize(width: 512, height: 512))
        #expect(treated.development.files.count == 3 + 8)
        let thumb = try PlanarPicture(decoding: treated.file(.thumb))
        #expect(thumb.size == PixelSize(width: 500, height: 300))
        #expect(thumb.luma(5, 150) > 200 && thumb.luma(495, 150) > 200)
        let tile = try PlanarPicture(decoding: treated.file(.tile(column: 0, row: 0)))
        #expect(tile.luma(100, 100) < 60)
    }

    @Test("bad files are refused with a sentence, and nothing is written")
    func refused() throws {
        var huge = TestJPEG()
        huge.announcedWidth = 20_000
        huge.announcedHeight = 20_000
        let whole = TestJPEG().data()
        for file in [Data("text".utf8), Data(), whole.prefix(whole.count / 2), huge.data()] {
            let folder = try TemporaryFolder()
            guard case .rejected(let rejection) = try outcome(file, RedactionPolicy(preset: .none), in: folder) else {
                Issue.record("a bad file was taken")
                continue
            }
            #expect(rejection.reason == .invalidFile)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["source"])
        }
    }

    @Test("a face is unrecognisable in hd, sd and thumb, and the rest of the picture is untouched")
    func face() throws {
        let portrait = try Scenery.Portrait(), size = PixelSize(width: 1600, height: 1200), place = (x: 300, y: 400)
        let source = try Scenery.jpeg(size) { x, y in
            (0..<512).contains(x - place.x) && (0..<512).contains(y - place.y)
                ? portrait.colour(x - place.x, y - place.y) : Scenery.street(x, y, height: size.height)
        }
        // Eyes, nose and mouth of the portrait.
        let face = PixelRectangle(x: place.x + 185, y: place.y + 80, width: 75, height: 95)
        let treated = try treat(source, .default)
        let hidden = treated.development.redactions.map {
            PixelRectangle(x: $0.x, y: $0.y, width: $0.width, height: $0.height)
        }
        #expect(
            hidden.contains { $0.x <= face.x && face.right <= $0.right && $0.y <= face.y && face.bottom <= $0.bottom })

        let original = try PlanarPicture(decoding: source)
        let hd = try PlanarPicture(decoding: treated.file(.hd))
        #expect(hd.edges(in: face) * 4 < original.edges(in: face))
        let blocks = hidden.map {
            PixelRectangle(x: $0.x - 8, y: $0.y - 8, width: $0.width + 16, height: $0.height + 16)
        }
        #expect(hd.differences(from: original, outside: blocks) == 0)
        for kind in [Derivative.Kind.sd, .thumb] {
            let small = try PlanarPicture(decoding: treated.file(kind))
            let area = PixelRectangle(
                x: face.x * small.size.width / size.width, y: face.y * small.size.width / size.width,
                width: face.width * small.size.width / size.width, height: face.height * small.size.width / size.width)
            let unredacted = try original.scaled(original.size.whole, to: small.size)
            #expect(small.edges(in: area) * 2 < unredacted.edges(in: area), "\(kind)")
        }
    }

    @Test("a face is found when the camera lay on its side", arguments: [3, 6, 8])
    func turnedFace(_ value: Int) throws {
        let portrait = try Scenery.Portrait(), orientation = Orientation(value)
        let displayed = PixelSize(width: 800, height: 640), stored = orientation.turned(displayed)
        // Which displayed pixel each stored one is: the other way round than `stored(_:displayed:)`.
        var shown = [Int](repeating: 0, count: stored.area)
        for y in 0..<displayed.height {
            for x in 0..<displayed.width {
                let at = orientation.stored(PixelRectangle(x: x, y: y, width: 1, height: 1), displayed: displayed)
                shown[at.y * stored.width + at.x] = y * displayed.width + x
            }
        }
        let source = try Scenery.jpeg(stored, orientation: value) { column, row in
            let pixel = shown[row * stored.width + column], x = pixel % displayed.width, y = pixel / displayed.width
            return (0..<512).contains(x - 100) && (0..<512).contains(y - 60)
                ? portrait.colour(x - 100, y - 60) : Scenery.street(x, y, height: displayed.height)
        }
        let treated = try treat(source, .fast)
        let face = PixelRectangle(x: 100 + 185, y: 60 + 80, width: 75, height: 95)
        #expect(
            treated.development.redactions.contains {
                $0.subject == .face && $0.x <= face.x && face.right <= $0.x + $0.width && $0.y <= face.y
                    && face.bottom <= $0.y + $0.height
            })
        let sd = try PlanarPicture(decoding: treated.file(.sd)), original = try PlanarPicture(decoding: source)
        let upright = try original.scaled(original.size.whole, to: original.size).upright(orientation)
        #expect(sd.size == displayed)
        #expect(sd.edges(in: face) * 4 < upright.edges(in: face))
    }

    @Test("a number plate is unreadable in hd")
    func plate() throws {
        let size = PixelSize(width: 1600, height: 1200), plate = DrawnPlate(x: 700, y: 800, width: 64)
        let source = try Scenery.jpeg(size) { x, y in
            plate.colour(x, y) ?? Scenery.street(x, y, height: size.height)
        }
        let treated = try treat(source, .default)
        let letters = plate.letters
        #expect(
            treated.development.redactions.contains {
                $0.subject == .plate && $0.x <= letters.x && letters.right <= $0.x + $0.width && $0.y <= letters.y
                    && letters.bottom <= $0.y + $0.height
            })
        let original = try PlanarPicture(decoding: source), hd = try PlanarPicture(decoding: treated.file(.hd))
        #expect(hd.edges(in: letters) * 3 < original.edges(in: letters))
    }
}

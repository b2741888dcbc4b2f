import Darkroom
import DarkroomProtocol
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Hiding more in a picture that was made before")
struct FurtherRedactionTests {
    /// What a treatment left in a folder of its own.
    private struct Made {
        let development: TreatmentReply.Development
        let folder: TemporaryFolder

        func file(_ kind: Derivative.Kind) throws -> Data {
            let written = try #require(development.files.first { $0.derivative.kind == kind })
            return try Data(contentsOf: URL(filePath: folder.file(written.name)))
        }
    }

    private func make(
        _ file: Data, _ work: TreatmentRequest.Work, tags: PictureTags? = nil, _ corrections: Corrections = .none
    ) throws -> Made {
        let folder = try TemporaryFolder(), source = folder.file("source")
        try file.write(to: URL(filePath: source))
        let outcome = try Scenery.treatment().outcome(
            of: TreatmentRequest(
                id: 1, work: work, source: source, outputFolder: folder.path, policy: RedactionPolicy(preset: .none),
                maximumPixels: 150_000_000, tags: tags, corrections: corrections))
        guard case .developed(let development) = outcome else {
            throw Failure(.internalError, "not developed: \(outcome)")
        }
        return Made(development: development, folder: folder)
    }

    /// Detail everywhere, so that what is hidden is seen to be.
    private func detailed(_ size: PixelSize, orientation: Int) throws -> Data {
        try Scenery.jpeg(size, orientation: orientation, quality: 95) { x, y in
            (UInt8((x / 3 * 37 + y / 3 * 11) & 255), UInt8((x ^ (y * 3)) & 255), UInt8((y * 29) & 255))
        }
    }

    @Test(
        "an outline is hidden in hd, sd and thumb, and twice over nothing else of hd changes", arguments: [1, 3, 6, 7])
    func outline(_ value: Int) throws {
        let orientation = Orientation(value), displayed = PixelSize(width: 800, height: 608)
        let first = try make(detailed(orientation.turned(displayed), orientation: value), .develop)
        let hd = try first.file(.hd), tags = first.development.tags
        let outline = try Polygon([(200, 150), (500, 160), (480, 400), (210, 380)].map { .init(x: $0.0, y: $0.1) })
        let second = try make(hd, .redact, tags: tags, Corrections(regions: [outline]))
        #expect(second.development.tags == tags)
        #expect(second.development.redactions.map(\.polygon) == [outline])
        #expect(second.development.redactions.map(\.subject) == [.region])
        let elsewhere = Polygon(x: 600, y: 450, width: 100, height: 100)
        let third = try make(second.file(.hd), .redact, tags: tags, Corrections(regions: [elsewhere]))

        let before = try PlanarPicture(decoding: hd), after = try PlanarPicture(decoding: third.file(.hd))
        let masks = [outline, elsewhere].flatMap {
            BlockMask(orientation.stored($0, displayed: displayed), in: before.size, block: before.blockSize).areas
        }
        #expect(before.differences(from: after, outside: masks) == 0)
        let inside = PixelRectangle(x: 240, y: 190, width: 200, height: 160)
        for kind in [Derivative.Kind.sd, .thumb] {
            let made = try PlanarPicture(decoding: third.file(kind))
            let old = try PlanarPicture(decoding: first.file(kind))
            let scale = made.size.width
            let area = PixelRectangle(
                x: inside.x * scale / 800, y: inside.y * scale / 800, width: inside.width * scale / 800,
                height: inside.height * scale / 800)
            #expect(made.edges(in: area) * 4 < old.edges(in: area), "\(kind)")
        }
        let hidden = try PlanarPicture(decoding: third.file(.hd)).upright(orientation)
        let shown = try PlanarPicture(decoding: hd).upright(orientation)
        #expect(hidden.edges(in: inside) * 4 < shown.edges(in: inside))
    }

    @Test("a picture that was made before needs no tags of its own: it is what is known of it")
    func knownTags() throws {
        let first = try make(TestJPEG().data(), .develop)
        var bare = TestJPEG()
        bare.exifBytes = []
        let tags = first.development.tags
        let second = try make(
            bare.data(), .redact, tags: tags, Corrections(regions: [Polygon(x: 8, y: 8, width: 60, height: 60)]))
        #expect(second.development.tags == tags)
    }

    @Test("with nothing to hide, hd stays as it is")
    func nothing() throws {
        let first = try make(TestJPEG().data(), .develop)
        let second = try make(first.file(.hd), .redact, tags: first.development.tags)
        #expect(second.development.redactions.isEmpty)
        #expect(try second.file(.hd) == first.file(.hd))
    }
}

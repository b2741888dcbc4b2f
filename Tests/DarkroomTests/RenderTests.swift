import Darkroom
import DarkroomProtocol
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Copies of a redacted picture at other sizes")
struct RenderTests {
    /// Left half dark, right half bright, as displayed.
    private func halves(_ displayed: PixelSize, orientation: Int) throws -> Data {
        let turn = Orientation(orientation), stored = turn.turned(displayed)
        let right = turn.stored(
            PixelRectangle(x: displayed.width / 2, y: 0, width: displayed.width / 2, height: displayed.height),
            displayed: displayed)
        return try Scenery.jpeg(stored, orientation: orientation, quality: 95) { x, y in
            let isRight = right.x <= x && x < right.right && right.y <= y && y < right.bottom
            return isRight ? (200, 200, 200) : (50, 50, 50)
        }
    }

    private func render(
        _ file: Data, _ rendition: String, in folder: TemporaryFolder, tags: PictureTags?
    ) throws -> TreatmentReply.Outcome {
        let source = folder.file("source")
        try file.write(to: URL(filePath: source))
        return try Scenery.treatment().outcome(
            of: TreatmentRequest(
                id: 1, work: .render, source: source, outputFolder: folder.path, policy: RedactionPolicy(preset: .none),
                maximumPixels: 150_000_000, tags: tags, rendition: Rendition(text: rendition)))
    }

    @Test("a copy is upright, fits, and says when and where it was taken", arguments: 1...8)
    func upright(_ orientation: Int) throws {
        let displayed = PixelSize(width: 800, height: 600), folder = try TemporaryFolder()
        let treated = try TreatedPicture(halves(displayed, orientation: orientation))
        let outcome = try render(treated.file(.hd), "640x400", in: folder, tags: treated.development.tags)
        guard case .rendered(let made) = outcome else { throw Failure(.internalError, "not made: \(outcome)") }
        #expect((made.width, made.height) == (533, 400))
        let data = try Data(contentsOf: URL(filePath: folder.file(made.name)))
        #expect(made.size == Int64(data.count))
        let copy = try PlanarPicture(decoding: data)
        #expect(copy.size == PixelSize(width: 533, height: 400))
        for (x, y) in [(20, 20), (240, 380)] { #expect(abs(copy.luma(x, y) - 50) < 6) }
        for (x, y) in [(300, 20), (510, 380)] { #expect(abs(copy.luma(x, y) - 200) < 6) }
        let tags = try TagReader(tablesFolder: Scenery.dependencies.appending(path: "tables").path())
            .read(data, width: copy.size.width, height: copy.size.height)
        let before = treated.development.tags
        #expect(tags.orientation == 1)
        #expect(tags.capturedAt == before.capturedAt && tags.position == before.position)
        #expect(tags.exif["Exif.Photo.PixelXDimension"] ?? "533" == "533")
        #expect(data.range(of: Data("Wayside".utf8)) != nil)
    }

    @Test("a small picture is not enlarged")
    func small() throws {
        let folder = try TemporaryFolder(), treated = try TreatedPicture(TestJPEG().data())
        let outcome = try render(treated.file(.hd), "1920x1280", in: folder, tags: treated.development.tags)
        guard case .rendered(let made) = outcome else { throw Failure(.internalError, "not made: \(outcome)") }
        #expect((made.width, made.height) == (320, 240))
    }

    @Test("what is no picture, and a request without a size, are answered as such")
    func refused() throws {
        let folder = try TemporaryFolder()
        guard case .rejected = try render(Data("no picture".utf8), "640x480", in: folder, tags: nil) else {
            throw Failure(.internalError, "not rejected")
        }
        let outcome = try Scenery.treatment().outcome(
            of: TreatmentRequest(
                id: 1, work: .render, source: folder.file("source"), outputFolder: folder.path,
                policy: RedactionPolicy(preset: .none), maximumPixels: 1_000))
        guard case .failed = outcome else { throw Failure(.internalError, "not failed") }
    }
}

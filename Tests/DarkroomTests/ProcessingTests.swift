import Darkroom
import DarkroomProtocol
import Domain
import Foundation
import TestSupport
import Testing

@Suite("First processing")
struct ProcessingTests {
    private static let size = PixelSize(width: 800, height: 600)

    /// Brighter to the right and downwards, so that each place is known by its brightness.
    private static func level(_ x: Double, _ y: Double) -> Double { 40 + x / 10 + y / 6 }

    private func slope(orientation: Int = 1) throws -> Data {
        let turn = Orientation(orientation), stored = turn.turned(Self.size)
        return try Scenery.jpeg(stored, orientation: orientation, quality: 98) { x, y in
            // Where this stored pixel is displayed: the inverse of each orientation but two is itself.
            let back = Orientation([6: 8, 8: 6][orientation] ?? orientation)
            let place = back.stored(PixelRectangle(x: x, y: y, width: 1, height: 1), displayed: stored)
            let value = UInt8(Self.level(Double(place.x), Double(place.y)))
            return (value, value, value)
        }
    }

    private struct Made {
        let development: TreatmentReply.Development
        let folder: TemporaryFolder

        func data(_ kind: Derivative.Kind) throws -> Data {
            let written = try #require(development.files.first { $0.derivative.kind == kind })
            return try Data(contentsOf: URL(filePath: folder.file(written.name)))
        }
    }

    private func make(
        _ file: Data, _ rule: FirstProcessing, policy: RedactionPolicy = RedactionPolicy(preset: .none),
        corrections: Corrections = .none, drawings: Drawings = .none
    ) throws -> Made {
        let folder = try TemporaryFolder(), source = folder.file("source")
        try file.write(to: URL(filePath: source))
        let frame = try rule.frame(ofWidth: Self.size.width, height: Self.size.height, type: .flat)
        let outcome = try Self.treatment().outcome(
            of: TreatmentRequest(
                id: 1, work: .develop, source: source, outputFolder: folder.path, policy: policy,
                maximumPixels: 150_000_000, corrections: corrections, frame: frame, drawings: drawings))
        guard case .developed(let development) = outcome else {
            throw Failure(.internalError, "not developed: \(outcome)")
        }
        return Made(development: development, folder: folder)
    }

    private static func treatment() throws -> Treatment {
        let font = try Data(contentsOf: URL(filePath: "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"))
        return try Treatment(
            models: Scenery.dependencies.appending(path: "models"),
            tables: Scenery.dependencies.appending(path: "tables"), font: LegendFont(font))
    }

    @Test(
        "a crop has exactly its size in every file, and shows what it is a part of, whichever way the camera lay",
        arguments: [1, 3, 6, 8])
    func crop(_ orientation: Int) throws {
        let made = try make(
            slope(orientation: orientation), FirstProcessing(crop: .pixels(x: 101, y: 51, width: 400, height: 301)))
        for kind in [Derivative.Kind.hd, .sd, .thumb] {
            let picture = try PlanarPicture(decoding: made.data(kind))
            #expect(picture.size == PixelSize(width: 400, height: 301), "\(kind)")
            for (x, y) in [(3, 3), (390, 5), (7, 295), (200, 150), (395, 296)] {
                let expected = Self.level(Double(x + 101), Double(y + 51))
                #expect(abs(Double(picture.luma(x, y)) - expected) < 4, "\(kind) at \(x), \(y)")
            }
        }
        let tags = made.development.tags
        #expect((tags.width, tags.height, tags.orientation) == (400, 301, 1))
        let hd = try made.data(.hd)
        let read = try TagReader(tablesFolder: Scenery.dependencies.appending(path: "tables").path())
            .read(hd, width: 400, height: 301)
        #expect((read.orientation, read.width, read.capturedAt) == (1, 400, tags.capturedAt))
    }

    @Test(
        "turned, straightened, cropped and made smaller, each place shows what its frame says",
        arguments: [
            FirstProcessing(quarterTurns: 1), .init(quarterTurns: 2), .init(quarterTurns: 3), .init(angle: 10),
            .init(angle: -31.5),
            .init(crop: .fractions(x: 0.2, y: 0.3, width: 0.5, height: 0.6), quarterTurns: 3, angle: 4),
        ])
    func frames(_ rule: FirstProcessing) throws {
        for fit in [nil, try Rendition(text: "300x300")] {
            var rule = rule
            rule.size = fit
            let frame = try #require(try rule.frame(ofWidth: 800, height: 600, type: .flat))
            let picture = try PlanarPicture(decoding: make(slope(), rule).data(.hd))
            #expect(picture.size == PixelSize(width: frame.width, height: frame.height))
            for (across, down) in [(0.02, 0.02), (0.97, 0.03), (0.03, 0.97), (0.98, 0.98), (0.5, 0.5)] {
                let x = Int(across * Double(frame.width)), y = Int(down * Double(frame.height))
                let place = frame.shown.inverse(.init(x: Double(x) + 0.5, y: Double(y) + 0.5))
                let expected = Self.level(place.x - 0.5, place.y - 0.5)
                #expect(abs(Double(picture.luma(x, y)) - expected) < 4, "\(rule) at \(x), \(y)")
            }
        }
    }

    private func detail() throws -> Data {
        try Scenery.jpeg(Self.size, quality: 95) { x, y in
            (UInt8((x / 3 * 37 + y / 3 * 11) & 255), UInt8((x ^ (y * 3)) & 255), UInt8((y * 29) & 255))
        }
    }

    @Test("a mask stays on what it hides, and a correction is where it was drawn, in every file")
    func masks() throws {
        var policy = RedactionPolicy(preset: .none)
        // Of the whole picture: 400…600 across, 150…300 down.
        policy.masks = [Polygon(x: 0.5, y: 0.25, width: 0.25, height: 0.25)]
        let rule = FirstProcessing(crop: .pixels(x: 300, y: 100, width: 400, height: 400), quarterTurns: 2)
        // Turned by half it is at 200…400, 300…450; in the crop from −100.
        let drawn = Polygon(x: 250, y: 40, width: 100, height: 80)
        let bare = try make(detail(), rule)
        let made = try make(detail(), rule, policy: policy, corrections: Corrections(regions: [drawn]))
        #expect(made.development.redactions.map(\.subject) == [.mask, .region])
        let mask = try #require(made.development.redactions.first)
        #expect((mask.x, mask.y, mask.x + mask.width, mask.y + mask.height) == (0, 200, 100, 350))
        #expect(made.development.redactions.last?.polygon == drawn)
        for kind in [Derivative.Kind.hd, .sd, .thumb] {
            let picture = try PlanarPicture(decoding: made.data(kind)),
                before = try PlanarPicture(decoding: bare.data(kind))
            for area in [
                PixelRectangle(x: 8, y: 210, width: 80, height: 130), .init(x: 260, y: 50, width: 80, height: 60),
            ] {
                #expect(picture.edges(in: area) * 4 < before.edges(in: area), "\(kind) \(area)")
            }
            let elsewhere = PixelRectangle(x: 120, y: 140, width: 100, height: 40)
            #expect(picture.edges(in: elsewhere) * 10 > before.edges(in: elsewhere) * 9, "\(kind)")
        }
    }

    @Test("a legend is on the files that are chosen, in its corner, and on nothing else", arguments: Corner.allCases)
    func legend(_ corner: Corner) throws {
        let line = Drawings.Line(text: "Été · CAM 7", corner: corner, files: [.sd])
        let bare = try make(slope(), .none)
        let made = try make(slope(), .none, drawings: Drawings(line: line, logo: nil))
        for kind in [Derivative.Kind.hd, .thumb] { #expect(try made.data(kind) == bare.data(kind), "\(kind)") }
        let picture = try PlanarPicture(decoding: made.data(.sd))
        let before = try PlanarPicture(decoding: bare.data(.sd))
        let place = PixelRectangle(
            x: corner.isRight ? 500 : 0, y: corner.isBottom ? 540 : 0, width: 300, height: 60)
        #expect(picture.differences(from: before, outside: [place], tolerance: 10) == 0)
        #expect(picture.differences(from: before, in: place, tolerance: 40) > 1_000)
        // Letters, not just a shade.
        #expect(picture.edges(in: place) > 100)
    }

    @Test("what is drawn on hd is on all that is made of it, once; the rest of the picture stays")
    func drawnOnAll() throws {
        let folder = try TemporaryFolder(), path = folder.file("logo.png")
        try Data(TestPNG.plain(width: 60, height: 30, red: 255, green: 255, blue: 255)).write(to: URL(filePath: path))
        let logo = Drawings.Logo(path: path, place: LogoPlace(corner: .topRight, width: 0.25, files: [.hd, .sd]))
        var rule = FirstProcessing()
        rule.logo = logo.place
        let made = try make(slope(), rule, drawings: Drawings(line: nil, logo: logo))
        #expect((made.development.tags.width, made.development.tags.height) == (800, 600))
        for kind in [Derivative.Kind.hd, .sd, .thumb] {
            let picture = try PlanarPicture(decoding: made.data(kind)), width = picture.size.width
            // 200 of 800 pixels wide, half as high, 12 from the edges.
            #expect(picture.luma(width * 700 / 800, width * 60 / 800) > 250, "\(kind)")
            #expect(abs(Double(picture.luma(width / 4, width / 4)) - Self.level(200, 200)) < 5, "\(kind)")
            #expect(
                abs(Double(picture.luma(width * 700 / 800, width * 150 / 800)) - Self.level(700, 150)) < 5, "\(kind)")
        }
    }

    @Test("a logo that is half transparent lets half through; one that is damaged is not drawn, and said to be")
    func logos() throws {
        let folder = try TemporaryFolder(), path = folder.file("logo.png")
        let png = TestPNG.plain(width: 64, height: 64, red: 0, green: 0, blue: 0, opacity: 128)
        try Data(png).write(to: URL(filePath: path))
        let drawings = Drawings(
            line: nil, logo: .init(path: path, place: LogoPlace(corner: .bottomLeft, width: 0.2, files: [.sd])))
        let picture = try PlanarPicture(decoding: make(slope(), .none, drawings: drawings).data(.sd))
        #expect(abs(Double(picture.luma(80, 500)) - Self.level(80, 500) / 2) < 6)
        for bytes in [Array(png.prefix(100)), Array("GIF89a".utf8), [], png.map { $0 == 0 ? 1 : $0 }] {
            try Data(bytes).write(to: URL(filePath: path))
            #expect(throws: Failure.self) { _ = try make(slope(), .none, drawings: drawings) }
        }
    }
}

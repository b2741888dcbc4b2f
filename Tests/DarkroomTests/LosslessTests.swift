import Darkroom
import DarkroomProtocol
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Redaction loses nothing but what it hides")
struct LosslessTests {
    /// Inside, across block edges, in a corner, along an edge, a single pixel, two that overlap, and everything.
    private static func places(in size: PixelSize) -> [[PixelRectangle]] {
        let (width, height) = (size.width, size.height)
        return [
            [PixelRectangle(x: 51, y: 38, width: 60, height: 41)], [PixelRectangle(x: 0, y: 0, width: 9, height: 9)],
            [PixelRectangle(x: width - 7, y: height - 5, width: 7, height: 5)],
            [PixelRectangle(x: 0, y: height - 20, width: width, height: 20)],
            [PixelRectangle(x: width - 1, y: 0, width: 1, height: height)],
            [PixelRectangle(x: width / 2, y: height / 2, width: 1, height: 1)],
            [
                PixelRectangle(x: 16, y: 16, width: 32, height: 32), PixelRectangle(x: 40, y: 24, width: 50, height: 9),
                PixelRectangle(x: -20, y: 60, width: 31, height: 31),
            ],
            [size.whole],
        ]
    }

    @Test("every block that no region touches keeps its coefficients, whatever the coding", arguments: CodedPicture.all)
    func untouched(picture: CodedPicture) throws {
        let file = try picture.file(), before = try Coefficients(of: file)
        for places in Self.places(in: picture.size) {
            let areas = places.map { $0.clipped(to: picture.size) }.filter { !$0.isEmpty }
            let redacted = try PlanarPicture(decoding: file)
            let isNative = redacted.isNative
            try #require(isNative)
            var redactor = Redactor()
            for area in areas { try redactor.redact(area, in: redacted) }
            let result = try redacted.replacing(places, in: file)
            let after = try Coefficients(of: result)
            #expect(before.isAlike(after), "\(places)")
            let (strayed, replaced) = before.compared(with: after, touched: areas)
            #expect(strayed == 0, "\(places)")
            // A pixel or two may get the value they had.
            if areas.contains(where: { $0.size.area > 64 }) { #expect(replaced > 0, "\(places)") }
            // What is in the file now is what was hidden, as near as its tables can say it.
            let shown = try PlanarPicture(decoding: result)
            let tolerance = picture.quality < 20 ? 48 : 14
            for area in areas where area.size.area > 64 {
                let wrong = redacted.differences(from: shown, in: area, tolerance: tolerance)
                #expect(wrong <= area.size.area / 40, "\(area): \(wrong) of \(area.size.area) pixels")
            }
        }
    }

    @Test(
        "a redacted picture of each orientation keeps its tag, and every coefficient outside what was hidden",
        arguments: zip(1...8, CodedPicture.all))
    func orientations(value: Int, coding: CodedPicture) throws {
        let portrait = try Scenery.Portrait(), orientation = Orientation(value)
        // Neither side a multiple of an MCU.
        let displayed = PixelSize(width: 803, height: 645)
        var picture = coding
        picture.size = orientation.turned(displayed)
        let shown = orientation.displayedPixels(of: displayed)
        let source = try picture.file(orientation: value) { column, row in
            let pixel = shown[row * picture.size.width + column]
            let x = pixel % displayed.width, y = pixel / displayed.width
            return (0..<512).contains(x - 100) && (0..<512).contains(y - 60)
                ? portrait.colour(x - 100, y - 60) : Scenery.street(x, y, height: displayed.height)
        }
        let treated = try TreatedPicture(source, RedactionPolicy(preset: .fast))
        let hidden = treated.development.redactions.map {
            orientation.stored(
                PixelRectangle(x: $0.x, y: $0.y, width: $0.width, height: $0.height), displayed: displayed)
        }
        #expect(!hidden.isEmpty)
        let before = try Coefficients(of: source), after = try Coefficients(of: treated.file(.hd))
        #expect(before.isAlike(after))
        let (strayed, replaced) = before.compared(with: after, touched: hidden)
        #expect(strayed == 0)
        #expect(replaced > 0)
        let tags = try TagReader(tablesFolder: Scenery.dependencies.appending(path: "tables").path).read(
            treated.file(.hd), width: picture.size.width, height: picture.size.height)
        #expect(tags.orientation == value)
        #expect(tags.make == "Wayside")
        // Eyes, nose and mouth are gone.
        let face = orientation.stored(
            PixelRectangle(x: 100 + 185, y: 60 + 80, width: 75, height: 95), displayed: displayed)
        let hd = try PlanarPicture(decoding: treated.file(.hd)), original = try PlanarPicture(decoding: source)
        #expect(hd.edges(in: face) * 4 < original.edges(in: face))
    }

    @Test(
        "what is drawn on the displayed picture is hidden in every coding and orientation, and nothing else touched",
        arguments: CodedPicture.all, 1...8)
    func drawn(coding: CodedPicture, value: Int) throws {
        let orientation = Orientation(value), source = try coding.file(orientation: value)
        let displayed = orientation.turned(coding.size)
        let mask = Polygon(x: 0.3, y: 0.1, width: 0.25, height: 0.5)
        let treated = try TreatedPicture(source, RedactionPolicy(preset: .none, masks: [mask]))
        let (left, top) = (0.3 * Double(displayed.width), 0.1 * Double(displayed.height))
        let (right, bottom) = (0.55 * Double(displayed.width), 0.6 * Double(displayed.height))
        let drawn = orientation.stored(
            PixelRectangle(
                x: Int(left), y: Int(top), width: Int(right.rounded(.up)) - Int(left),
                height: Int(bottom.rounded(.up)) - Int(top)), displayed: displayed)
        let hd = try treated.file(.hd)
        let before = try Coefficients(of: source), after = try Coefficients(of: hd)
        #expect(before.isAlike(after))
        // An outline is widened to whole MCUs.
        let widened = before.mcus(of: drawn)
        #expect(before.compared(with: after, touched: [widened]).strayed == 0)
        guard coding.size.area > 1_000, coding.quality > 20 else { return }
        let shown = try PlanarPicture(decoding: hd), original = try PlanarPicture(decoding: source)
        #expect(shown.edges(in: drawn) * 3 < original.edges(in: drawn))
        #expect(shown.differences(from: original, in: drawn, tolerance: 6) > drawn.size.area / 2)
    }

    @Test("what replaces a region is at most four cells along its longer side, and never the same twice")
    func irreversible() throws {
        let file = try CodedPicture(name: "4:4:4", quality: 100).file()
        for area in [
            PixelRectangle(x: 40, y: 30, width: 100, height: 60), PixelRectangle(x: 10, y: 10, width: 30, height: 120),
            PixelRectangle(x: 50, y: 50, width: 3, height: 2),
        ] {
            var levels: [[Int]] = []
            for _ in 0..<4 {
                let picture = try PlanarPicture(decoding: file)
                var redactor = Redactor()
                try redactor.redact(area, in: picture)
                let across = (area.x..<area.right).map { picture.luma($0, area.y) }
                let down = (area.y..<area.bottom).map { picture.luma(area.x, $0) }
                for line in [across, down] { #expect(zip(line, line.dropFirst()).count { $0 != $1 } < 4, "\(area)") }
                levels.append(across + down)
            }
            #expect(Set(levels).count > 1, "\(area)")
        }
    }

    @Test("a picture with nothing to hide keeps every byte of its coded data", arguments: CodedPicture.all)
    func nothingHidden(picture: CodedPicture) throws {
        let source = try picture.file(), treated = try TreatedPicture(source)
        let before = try Coefficients(of: source), after = try Coefficients(of: treated.file(.hd))
        #expect(before.isAlike(after))
        #expect(before.compared(with: after, touched: []) == (0, 0))
        guard !picture.isArithmetic else { return }
        let scan = try #require(source.range(of: Data([0xFF, 0xDA]), options: .backwards))
        #expect(try treated.file(.hd).range(of: source[scan.lowerBound...]) != nil)
    }

    @Test("arithmetic coding, which no browser shows, is made Huffman coding without loss")
    func arithmetic() throws {
        let picture = CodedPicture(name: "arithmetic", across: 2, down: 2, isArithmetic: true)
        let hd = try TreatedPicture(try picture.file()).file(.hd)
        #expect(hd.range(of: Data([0xFF, 0xC9])) == nil)
        #expect(hd.range(of: Data([0xFF, 0xC0])) != nil)
    }

    @Test("coefficients that no Huffman code is made for are coded anew, and what is hidden is hidden")
    func outOfRange() throws {
        let picture = CodedPicture(name: "4:2:0", across: 2, down: 2), source = try picture.exaggerated()
        let mask = Polygon(x: 0.5, y: 0.5, width: 0.25, height: 0.25)
        for masks in [[], [mask]] {
            let hd = try TreatedPicture(source, RedactionPolicy(preset: .none, masks: masks)).file(.hd)
            #expect(hd.range(of: Data([0xFF, 0xC9])) == nil)
            let shown = try PlanarPicture(decoding: hd), original = try PlanarPicture(decoding: source)
            let area = PixelRectangle(x: 104, y: 76, width: 44, height: 32)
            let (after, before) = (shown.edges(in: area), original.edges(in: area))
            #expect(masks.isEmpty ? after * 2 > before : after * 3 < before)
        }
    }

    @Test(
        "a picture of a few pixels is looked at like any other",
        arguments: [(1, 1), (1, 40), (40, 1), (2, 2), (3, 7), (5, 900), (900, 3)], [RedactionPreset.fast, .default])
    func tiny(size: (width: Int, height: Int), preset: RedactionPreset) throws {
        let picture = CodedPicture(
            name: "tiny", size: PixelSize(width: size.width, height: size.height), across: 2, down: 2)
        let hd = try TreatedPicture(picture.file(), RedactionPolicy(preset: preset)).file(.hd)
        #expect(try Coefficients(of: hd).size == picture.size)
    }

    @Test("ink is served as it is, and when something is hidden coded anew as colour, hidden all the same")
    func ink() throws {
        let picture = CodedPicture(name: "ink", components: 4)
        let source = try picture.file()
        #expect(try Coefficients(of: TreatedPicture(source).file(.hd)).components.count == 4)
        let decoded = try PlanarPicture(decoding: source)
        let (isNative, size) = (decoded.isNative, decoded.size)
        #expect(!isNative)
        #expect(size == picture.size)
    }

    @Test("a quantisation by zero, by which an encoder would divide, is refused")
    func zeroQuantisation() throws {
        for coding in [CodedPicture(name: "4:2:0", across: 2, down: 2), CodedPicture(name: "grey", components: 1)] {
            var file = try coding.file()
            let table = try #require(file.range(of: Data([0xFF, 0xDB])))
            file[table.lowerBound + 20] = 0
            #expect(throws: Rejection.self) { _ = try PlanarPicture(decoding: file).size }
            // The one who only replaces blocks notices too.
            let sound = try PlanarPicture(decoding: coding.file())
            #expect(throws: Failure.self) {
                _ = try sound.replacing([PixelRectangle(x: 8, y: 8, width: 20, height: 20)], in: file)
            }
        }
    }

    @Test("kinds of JPEG that no browser shows are refused with a sentence that says what they are")
    func otherKinds() throws {
        let source = try CodedPicture(name: "4:2:0", across: 2, down: 2).file()
        let frame = try #require(source.range(of: Data([0xFF, 0xC0])))
        var twelveBits = source
        twelveBits[frame.lowerBound + 4] = 12
        var lossless = source
        lossless[frame.lowerBound + 1] = 0xC3
        for (file, words) in [(twelveBits, "12 bits"), (lossless, "lossless or hierarchical")] {
            guard case .rejected(let rejection) = try TreatedPicture.outcome(of: file, in: TemporaryFolder()) else {
                Issue.record("taken: \(words)")
                continue
            }
            #expect(rejection.reason == .invalidFile)
            #expect(rejection.message.contains(words))
        }
    }
}

extension Orientation {
    /// For each stored pixel, row by row, the index of the displayed one.
    fileprivate func displayedPixels(of displayed: PixelSize) -> [Int] {
        let stored = turned(displayed)
        var shown = [Int](repeating: 0, count: stored.area)
        for y in 0..<displayed.height {
            for x in 0..<displayed.width {
                let at = self.stored(PixelRectangle(x: x, y: y, width: 1, height: 1), displayed: displayed)
                shown[at.y * stored.width + at.x] = y * displayed.width + x
            }
        }
        return shown
    }
}

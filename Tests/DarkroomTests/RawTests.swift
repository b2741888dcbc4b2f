import CTurboJPEG
import Darkroom
import DarkroomProtocol
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Raw files in the darkroom")
struct RawTests {
    private func rejection(_ file: Data) throws -> Rejection? {
        guard case .rejected(let rejection) = try TreatedPicture.outcome(of: file, in: TemporaryFolder()) else {
            return nil
        }
        return rejection
    }

    /// The colour in the middle of a picture (full-range BT.601).
    private func colour(_ picture: TreatedPicture) throws -> (red: Double, green: Double, blue: Double) {
        let hd = try PlanarPicture(decoding: picture.file(.hd))
        let (x, y, planes) = (hd.size.width / 2, hd.size.height / 2, hd.planes)
        let (column, row) = (x / hd.across, y / hd.down)
        let luma = Double(try #require(planes.samples.0)[y * Int(planes.stride.0) + x])
        let blue = Double(try #require(planes.samples.1)[row * Int(planes.stride.1) + column]) - 128
        let red = Double(try #require(planes.samples.2)[row * Int(planes.stride.2) + column]) - 128
        return (luma + 1.402 * red, luma - 0.344 * blue - 0.714 * red, luma + 1.772 * blue)
    }

    @Test("a large preview is what the picture is made from, with the tags of the raw file")
    func preview() throws {
        var jpeg = TestJPEG()
        (jpeg.width, jpeg.height) = (640, 480)
        (jpeg.position, jpeg.capturedAt, jpeg.make) = (nil, nil, nil)
        jpeg.colour = { _, _ in (200, 30, 40) }
        var raw = TestDNG()
        (raw.width, raw.height, raw.preview, raw.serialNumber, raw.altitude) = (640, 480, jpeg, "WS-0042", 35)
        let treated = try TreatedPicture(raw.data())
        let tags = treated.development.tags
        #expect(tags.width == 640 && tags.height == 480 && tags.orientation == 1)
        #expect(tags.position == GeoPoint(longitude: 2.35, latitude: 48.85) && tags.altitude == 35)
        #expect(tags.capturedAt == Date(timeIntervalSince1970: 1_717_236_000))
        #expect(tags.make == "Wayside" && tags.model == "Test Raw" && tags.serialNumber == "WS-0042")
        #expect(tags.exif["Exif.Photo.ISOSpeedRatings"] == "100")
        let found = try colour(treated)
        #expect(abs(found.red - 200) < 6 && abs(found.green - 30) < 6 && abs(found.blue - 40) < 6)
        // What is served is the preview's own blocks, with its tags.
        let again = try TreatedPicture(treated.file(.hd)).development.tags
        #expect(again.position == tags.position && again.capturedAt == tags.capturedAt)
    }

    @Test("without a preview, or with a small one, the sensor's data are developed at half their size")
    func developed() throws {
        var small = TestJPEG()
        (small.width, small.height) = (160, 120)
        for preview in [nil, small] {
            var raw = TestDNG()
            (raw.width, raw.height, raw.preview) = (1200, 800, preview)
            raw.value = { _, _, filter in [40_000, 12_000, 3_000][filter] }
            let treated = try TreatedPicture(raw.data())
            #expect(treated.development.tags.width == 600 && treated.development.tags.height == 400)
            let found = try colour(treated)
            #expect(found.red > found.green + 40 && found.green > found.blue + 40)
        }
    }

    @Test("it is turned as the camera was held, the preview and what is developed alike", arguments: [true, false])
    func orientation(hasPreview: Bool) throws {
        var raw = TestDNG()
        (raw.width, raw.height, raw.orientation) = (640, 480, 6)
        if hasPreview {
            var jpeg = TestJPEG()
            (jpeg.width, jpeg.height) = (640, 480)
            raw.preview = jpeg
        }
        let tags = try TreatedPicture(raw.data()).development.tags
        #expect(tags.orientation == 6 && tags.width * 4 == tags.height * 3)
    }

    @Test("without a place or a time it is refused as a JPEG is")
    func missing() throws {
        var raw = TestDNG()
        raw.position = nil
        #expect(try rejection(raw.data())?.reason == .invalidMetadata)
        raw = TestDNG()
        raw.capturedAt = nil
        #expect(try rejection(raw.data())?.details["missing_fields"] != nil)
    }

    @Test("what is broken, lies or runs in circles is refused with a reason")
    func hostile() throws {
        let good = TestDNG()
        #expect(try rejection(good.data().prefix(20_000)) != nil)
        #expect(try rejection(good.data().prefix(200)) != nil)
        #expect(try rejection(Data("II*\0".utf8) + Data(repeating: 0xFF, count: 5000)) != nil)
        #expect(try rejection(Data("FUJIFILMCCD-RAW ".utf8) + Data(repeating: 0, count: 5000)) != nil)
        #expect(try rejection(Data("\0\0\0\u{18}ftypcrx \0\0\0\0".utf8) + Data(repeating: 7, count: 5000)) != nil)
        var huge = good
        (huge.announcedWidth, huge.announcedHeight) = (60_000, 60_000)
        #expect(try rejection(huge.data())?.details["cause"] == "too_many_pixels")
        var strange = good
        strange.compression = 34_713
        #expect(try rejection(strange.data()) != nil)
        // Directories that point to themselves are read once.
        var looped = good
        looped.isLooped = true
        #expect(try TreatedPicture(looped.data()).development.tags.width == 160)
    }

    @Test("nothing of the raw file is in what is served")
    func marks() throws {
        var raw = TestDNG()
        raw.mark = Array("WAYSIDE-RAW-MARK".utf8)
        for file in try TreatedPicture(raw.data()).files {
            #expect(file.range(of: Data(raw.mark)) == nil)
        }
    }

    @Test("a few hundred broken raw files are each treated or refused, and none of them is tried again")
    func fuzz() throws {
        var jpeg = TestJPEG()
        (jpeg.width, jpeg.height) = (160, 120)
        var whole = TestDNG()
        (whole.width, whole.height, whole.preview) = (160, 120, jpeg)
        let bytes = whole.bytes()
        var state: UInt64 = 7
        func random(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        let folder = try TemporaryFolder()
        var refused = 0
        for _ in 0..<300 {
            var broken = bytes
            // Mostly in the tags, which say where everything is.
            for _ in 0...random(4) { broken[random(4) == 0 ? random(broken.count) : random(900)] = UInt8(random(256)) }
            if random(8) == 0 { broken.removeLast(random(broken.count - 16)) }
            switch try TreatedPicture.outcome(of: Data(broken), in: folder) {
            case .developed: break
            case .rejected(let rejection): refused += rejection.message.isEmpty ? 0 : 1
            case let other: Issue.record("\(other)")
            }
        }
        #expect(refused > 50)
    }
}

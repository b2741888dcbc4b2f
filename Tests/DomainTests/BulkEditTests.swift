import Domain
import Foundation
import Testing

@Suite("What is changed of many pictures")
struct BulkEditTests {
    private let tags = PictureTags(
        position: GeoPoint(longitude: 2, latitude: 48), capturedAt: Date(timeIntervalSince1970: 1000), heading: 10,
        width: 400, height: 300)

    @Test("an offset goes round the compass", arguments: [(10.0, 20.0), (-20, 350), (360, 10), (-360, 10), (-10, 0)])
    func offset(_ offset: Double, _ heading: Double) throws {
        #expect(try PictureBulkEdit(headingOffset: offset).edit(of: tags, heading: 10).heading == heading)
    }

    @Test("nothing to do, and what is out of range, is refused")
    func refused() {
        #expect(throws: Failure.self) { try PictureBulkEdit() }
        #expect(throws: Failure.self) { try PictureBulkEdit(quarterTurns: 4) }
        #expect(throws: Failure.self) { try PictureBulkEdit(heading: 361) }
        #expect(throws: Failure.self) { try PictureBulkEdit(headingOffset: .nan) }
        #expect(throws: Failure.self) { try PictureBulkEdit(timeOffset: .infinity) }
        #expect(throws: Failure.self) { try PictureBulkEdit(heading: 1, headingOffset: 1) }
    }

    @Test("an original goes nowhere where less is kept of it, or where it could be read")
    func originals() throws {
        let (keep, sealed) = (try OriginalsRule(.keep), try OriginalsRule(.sealed, keyID: "a"))
        #expect(OriginalsFit.fits(nil, key: nil, .discard) && OriginalsFit.fits(nil, key: nil, sealed))
        #expect(OriginalsFit.fits(.kept, key: nil, keep) && !OriginalsFit.fits(.kept, key: nil, sealed))
        #expect(!OriginalsFit.fits(.kept, key: nil, .discard) && !OriginalsFit.fits(.sealed, key: "a", .discard))
        #expect(OriginalsFit.fits(.sealed, key: "a", sealed) && !OriginalsFit.fits(.sealed, key: "b", sealed))
        #expect(OriginalsFit.fits(.sealed, key: "b", keep))
    }

    @Test("a frame that is turned shows the same part, a quarter further", arguments: 0..<4)
    func turning(_ turns: Int) throws {
        let rule = FirstProcessing(
            crop: .pixels(x: 100, y: 50, width: 1200, height: 900), quarterTurns: turns, angle: 2,
            size: try Rendition(text: "600x600"))
        let frame = try #require(try rule.frame(ofWidth: 4000, height: 3000, type: .flat))
        let turned = frame.turned(by: 1)
        #expect((turned.width, turned.height) == (frame.height, frame.width))
        #expect(turned.quarterTurns == (turns + 1) % 4)
        let point = Polygon.Point(x: 1234, y: 987), before = frame.shown(point), after = turned.shown(point)
        #expect(abs(after.x - (Double(frame.height) - before.y)) < 1e-6 && abs(after.y - before.x) < 1e-6)
        #expect(frame.turned(by: 4) == frame && frame.turned(by: -1) == frame.turned(by: 3))
    }
}

import Darkroom
import Domain
import Foundation
import Testing

@Suite("Redacting an outline")
struct PolygonRedactionTests {
    /// Fine, colourful detail everywhere, so that what is hidden is seen to be.
    private func detailed(_ size: PixelSize, orientation: Int = 1) throws -> Data {
        try Scenery.jpeg(size, orientation: orientation, quality: 95) { x, y in
            (UInt8((x * 37 + y * 11) & 255), UInt8((x ^ (y * 3)) & 255), UInt8((y * 29) & 255))
        }
    }

    /// A triangle that leaves two corners of its surrounding rectangle alone.
    private var triangle: Polygon {
        get throws { try Polygon([(60, 40), (300, 50), (70, 230)].map { Polygon.Point(x: $0.0, y: $0.1) }) }
    }

    @Test("a mask covers each block that the outline touches and no other")
    func mask() throws {
        let size = PixelSize(width: 410, height: 300), block = PixelSize(width: 16, height: 16)
        let outline = try triangle, mask = BlockMask(outline, in: size, block: block)
        for row in 0..<19 {
            for column in 0..<26 {
                let (x, y) = (column * 16, row * 16)
                let area = Polygon.Bounds(
                    left: Double(x), top: Double(y), right: Double(x + 16), bottom: Double(y + 16))
                let covered = mask.areas.count {
                    $0.x <= x && $0.right >= min(size.width, x + 16) && $0.y <= y
                        && $0.bottom >= min(size.height, y + 16)
                }
                #expect(covered == (outline.touches(area) ? 1 : 0), "block \(column), \(row)")
            }
        }
        #expect(mask.bounds == PixelRectangle(x: 48, y: 32, width: 256, height: 208))
        let outside = Polygon(x: 500, y: 10, width: 40, height: 40)
        #expect(BlockMask(outside, in: size, block: block).areas.isEmpty)
    }

    @Test("inside the outline nothing is left but at most four cells a side; outside its blocks nothing changes")
    func replaced() throws {
        let file = try detailed(PixelSize(width: 410, height: 300))
        let original = try PlanarPicture(decoding: file), redacted = try PlanarPicture(decoding: file)
        let mask = BlockMask(try triangle, in: original.size, block: original.blockSize)
        var redactor = Redactor()
        try redactor.redact(mask, in: redacted)
        let result = try PlanarPicture(decoding: redacted.replacing(mask.areas, in: file))
        #expect(original.differences(from: result, outside: mask.areas) == 0)
        let inside = PixelRectangle(x: 80, y: 60, width: 90, height: 70)
        #expect(result.edges(in: inside) * 20 < original.edges(in: inside))
        var levels: Set<Int> = []
        for area in mask.areas {
            for y in area.y..<area.bottom { for x in area.x..<area.right { levels.insert(redacted.luma(x, y)) } }
        }
        #expect((2...16).contains(levels.count), "\(levels.count) cells")
    }

    @Test("the same outline hides the same part of the scene however the camera was held", arguments: 1...8)
    func turned(_ value: Int) throws {
        let orientation = Orientation(value), displayed = PixelSize(width: 400, height: 288)
        let stored = orientation.turned(displayed)
        let outline = orientation.stored(try triangle, displayed: displayed)
        let upright = try triangle
        // A point of the scene is in the one exactly when it is in the other.
        for (x, y) in [(70, 60), (200, 80), (90, 200), (290, 200), (20, 20), (350, 60)] {
            let place = orientation.stored(PixelRectangle(x: x, y: y, width: 1, height: 1), displayed: displayed)
            let point = Polygon.Point(x: Double(place.x) + 0.5, y: Double(place.y) + 0.5)
            let there = upright.contains(Polygon.Point(x: Double(x) + 0.5, y: Double(y) + 0.5))
            #expect(outline.contains(point) == there, "\(x), \(y)")
        }
        let file = try detailed(stored, orientation: value)
        let original = try PlanarPicture(decoding: file), redacted = try PlanarPicture(decoding: file)
        let mask = BlockMask(outline, in: stored, block: original.blockSize)
        var redactor = Redactor()
        try redactor.redact(mask, in: redacted)
        let result = try PlanarPicture(decoding: redacted.replacing(mask.areas, in: file)).upright(orientation)
        let scene = try PlanarPicture(decoding: file).upright(orientation)
        let inside = PixelRectangle(x: 80, y: 60, width: 60, height: 60)
        let outside = PixelRectangle(x: 250, y: 200, width: 100, height: 60)
        #expect(result.edges(in: inside) * 10 < scene.edges(in: inside))
        #expect(result.edges(in: outside) == scene.edges(in: outside))
    }

    @Test("an outline across a panorama's edge is hidden on both sides of it")
    func seam() {
        let size = PixelSize(width: 2048, height: 1024)
        let plan = RedactionPlan(size: size, type: .equirectangular, policy: RedactionPolicy())
        let redactions = plan.redactions(
            of: [Polygon(x: 2000, y: 500, width: 100, height: 50)], as: .region, by: "person")
        #expect(Set(redactions.map(\.x)) == [2000, 0])
        #expect(Set(redactions.map(\.width)) == [48, 52])
        let flat = RedactionPlan(size: size, type: .flat, policy: RedactionPolicy())
        let kept = flat.redactions(of: [Polygon(x: 2000, y: 500, width: 100, height: 50)], as: .region, by: "person")
        #expect(kept.map(\.x) == [2000] && kept.map(\.width) == [48])
    }
}

import Darkroom
import Domain
import Foundation
import Testing

@Suite("Renditions")
struct RenditionTests {
    @Test("each of the eight orientations comes out upright", arguments: 1...8)
    func upright(_ value: Int) throws {
        let orientation = Orientation(value), displayed = PixelSize(width: 96, height: 64)
        let stored = orientation.turned(displayed)
        let buffer = try PixelBuffer(size: stored)
        for y in 0..<displayed.height {
            for x in 0..<displayed.width {
                // Brighter to the right, and much brighter below.
                let level = UInt8(30 + x + (y >= 32 ? 100 : 0))
                let place = orientation.stored(PixelRectangle(x: x, y: y, width: 1, height: 1), displayed: displayed)
                for channel in 0..<3 { buffer.samples[place.y * buffer.stride + place.x * 3 + channel] = level }
            }
        }
        let decoded = try PlanarPicture(decoding: buffer.encoded(quality: 100))
        let picture = try decoded.scaled(decoded.size.whole, to: decoded.size).upright(orientation)
        #expect(picture.size == displayed)
        for (x, y) in [(5, 5), (90, 5), (5, 60), (90, 60), (40, 20)] {
            let expected = 30 + x + (y >= 32 ? 100 : 0)
            #expect(abs(picture.luma(x, y) - expected) <= 3, "at \(x), \(y)")
        }
    }

    @Test("a shrunken picture holds the mean of what it covers")
    func mean() throws {
        let source = try PlanarPicture(
            decoding: Scenery.jpeg(PixelSize(width: 300, height: 210), quality: 100) { x, _ in
                x / 2 % 2 == 0 ? (60, 60, 60) : (180, 180, 180)
            })
        let small = try source.scaled(source.size.whole, to: PixelSize(width: 25, height: 17))
        for x in 0..<25 { #expect(abs(small.luma(x, 8) - 120) <= 4, "column \(x)") }
    }

    @Test("a panorama's tiles cover it without gap or overlap", arguments: [5760, 5640, 11_000, 3000, 1024])
    func grid(_ width: Int) {
        let size = PixelSize(width: width, height: width / 2), grid = TileGrid(of: size)
        #expect(grid.rows * 2 == grid.columns)
        #expect(grid.columns == 4 || grid.columns * 512 <= width)
        var covered = 0
        for row in 0..<grid.rows {
            for column in 0..<grid.columns {
                let area = grid.area(column: column, row: row)
                covered += area.size.area
                if column + 1 < grid.columns { #expect(area.right == grid.area(column: column + 1, row: row).x) }
                if row + 1 < grid.rows { #expect(area.bottom == grid.area(column: column, row: row + 1).y) }
            }
        }
        #expect(covered == size.area)
    }

    @Test("replacing a region leaves every other block of the file as it was")
    func replacing() throws {
        let file = try Scenery.jpeg(PixelSize(width: 410, height: 300)) { x, y in
            (UInt8((x * 3 + y) & 255), UInt8((x ^ y) & 255), UInt8(y & 255))
        }
        let area = PixelRectangle(x: 101, y: 77, width: 90, height: 60)
        let original = try PlanarPicture(decoding: file), redacted = try PlanarPicture(decoding: file)
        var redactor = Redactor()
        try redactor.redact(area, in: redacted)
        let result = try PlanarPicture(decoding: redacted.replacing([area], in: file))
        let blocks = PixelRectangle(x: 96, y: 72, width: 96, height: 72)
        #expect(original.differences(from: result, outside: [blocks]) == 0)
        #expect(redacted.differences(from: result, in: area, tolerance: 12) < area.size.area / 50)
        #expect(original.differences(from: result, in: area, tolerance: 12) > area.size.area / 3)
    }
}

import Domain
import Foundation
import Testing

@Suite("Outlines")
struct PolygonTests {
    private static func polygon(_ points: [(Double, Double)]) throws -> Polygon {
        try Polygon(points.map { Polygon.Point(x: $0.0, y: $0.1) })
    }

    /// Like the letter U: the middle of its top is outside.
    private static func hollow() throws -> Polygon {
        try polygon([(0, 0), (10, 0), (10, 40), (30, 40), (30, 0), (40, 0), (40, 50), (0, 50)])
    }

    @Test("an outline that nobody can mean is refused with the rule that is broken")
    func refused() throws {
        let circle = (0..<65).map { index -> (Double, Double) in
            let angle = Double(index) / 10.5
            return (cos(angle), sin(angle))
        }
        let bad: [([(Double, Double)], String)] = [
            ([(0, 0), (1, 1)], "3 to 64"), (circle, "3 to 64"), ([(0, 0), (5, 5), (10, 10)], "one line"),
            ([(3, 3), (3, 3), (3, 3)], "one line"), ([(0, 0), (.nan, 1), (4, 4)], "two numbers"),
            ([(0, 0), (.infinity, 1), (4, 4)], "two numbers"), ([(0, 0), (1e9, 1), (4, 4)], "two numbers"),
        ]
        for (points, part) in bad {
            let failure = #expect(throws: Failure.self) { try Self.polygon(points) }
            #expect(failure?.code == .unprocessable)
            #expect(failure?.message.contains(part) == true, "\(failure?.message ?? "")")
        }
        #expect(throws: Never.self) { try Self.polygon(Array(circle.prefix(64))) }
    }

    @Test("a hollow outline contains its arms and not its middle; one that crosses itself contains both its halves")
    func contains() throws {
        let hollow = try Self.hollow()
        #expect(hollow.contains(.init(x: 5, y: 20)) && hollow.contains(.init(x: 35, y: 20)))
        #expect(!hollow.contains(.init(x: 20, y: 20)) && hollow.contains(.init(x: 20, y: 45)))
        let bow = try Self.polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
        #expect(bow.contains(.init(x: 1, y: 5)) && bow.contains(.init(x: 9, y: 5)))
        #expect(!bow.contains(.init(x: 5, y: 1)) && !bow.contains(.init(x: 5, y: 9)))
    }

    @Test("a rectangle is touched by what lies in it, around it or runs through it, and not by what only borders on it")
    func touches() throws {
        let hollow = try Self.hollow()
        func touches(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double) -> Bool {
            hollow.touches(Polygon.Bounds(left: left, top: top, right: right, bottom: bottom))
        }
        #expect(touches(2, 2, 4, 4) && touches(-100, -100, 100, 100) && touches(8, 10, 12, 14))
        #expect(!touches(12, 2, 28, 38) && !touches(10, 0, 30, 40) && !touches(41, 0, 50, 50))
    }

    @Test("clipping keeps what lies in the picture")
    func clipping() throws {
        let outline = try Self.polygon([(-10, -10), (20, -10), (20, 20), (-10, 20)])
        let bounds = try #require(outline.clipped(width: 100, height: 50)).bounds
        #expect(bounds == Polygon.Bounds(left: 0, top: 0, right: 20, bottom: 20))
        #expect(outline.moved(x: -50, y: 0).clipped(width: 100, height: 50) == nil)
        #expect(outline.moved(x: -20, y: 0).clipped(width: 100, height: 50) == nil)
        let slanted = try Self.polygon([(-10, 25), (50, -35), (110, 25), (50, 85)])
        let part = try #require(slanted.clipped(width: 100, height: 50))
        #expect(part.bounds == Polygon.Bounds(left: 0, top: 0, right: 100, bottom: 50))
        #expect(part.contains(.init(x: 50, y: 25)) && !part.contains(.init(x: 2, y: 2)))
    }

    @Test("on a panorama what hangs over one edge comes in at the other")
    func wrapping() throws {
        let outline = Polygon(x: 90, y: 10, width: 20, height: 10)
        let bounds = outline.wrapped(width: 100, height: 50).map(\.bounds)
        #expect(bounds.count == 2)
        #expect(bounds.contains(Polygon.Bounds(left: 90, top: 10, right: 100, bottom: 20)))
        #expect(bounds.contains(Polygon.Bounds(left: 0, top: 10, right: 10, bottom: 20)))
        #expect(Polygon(x: 40, y: 10, width: 20, height: 10).wrapped(width: 100, height: 50).count == 1)
    }

    @Test("fractions become pixels and are written as pairs of numbers")
    func coding() throws {
        let outline = Polygon(x: 0.25, y: 0.5, width: 0.5, height: 0.25).scaled(x: 400, y: 200)
        let text = String(decoding: try JSONEncoder().encode(outline), as: UTF8.self)
        #expect(text == "[[100,100],[300,100],[300,150],[100,150]]")
        #expect(try JSONDecoder().decode(Polygon.self, from: Data(text.utf8)) == outline)
        for bad in ["[[1,2],[3,4]]", "[[1,2,3],[3,4,5],[5,6,7]]", "[1,2,3]", "{}"] {
            #expect(throws: DecodingError.self) { try JSONDecoder().decode(Polygon.self, from: Data(bad.utf8)) }
        }
    }
}

import Domain
import Testing

@Suite("Inside an area")
struct GeoShapeTests {
    /// Numbers that are the same each time (Knuth's MMIX generator).
    private struct Numbers {
        var state: UInt64
        mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
    }

    private static func ring(_ corners: [(Int, Int)], scale: Double = 1) throws -> GeoRing {
        let points = (corners + corners.prefix(1)).map {
            GeoPoint(longitude: Double($0.0) * scale, latitude: Double($0.1) * scale)
        }
        return try #require(GeoRing(points))
    }

    /// Where a point is, reckoned in whole numbers and by another rule: how often each side is crossed northwards.
    private static func side(of point: (Int, Int), in corners: [(Int, Int)]) -> GeoRing.Side {
        var isInside = false
        for index in corners.indices {
            let (a, b) = (corners[index], corners[(index + 1) % corners.count])
            let turn = (b.0 - a.0) * (point.1 - a.1) - (b.1 - a.1) * (point.0 - a.0)
            let within =
                (min(a.0, b.0)...max(a.0, b.0)).contains(point.0) && (min(a.1, b.1)...max(a.1, b.1)).contains(point.1)
            if turn == 0, within { return .edge }
            let (west, east) = a.0 < b.0 ? (a, b) : (b, a)
            guard west.0 <= point.0, point.0 < east.0 else { continue }
            let above = (east.0 - west.0) * (point.1 - west.1) - (east.1 - west.1) * (point.0 - west.0)
            if above < 0 { isInside.toggle() }
        }
        return isInside ? .inside : .outside
    }

    @Test("any ring, also one that crosses itself, holds the points that whole numbers say it holds")
    func againstWholeNumbers() throws {
        var numbers = Numbers(state: 7)
        var found: [GeoRing.Side: Int] = [:]
        for round in 0..<300 {
            let corners = (0..<(3 + round % 40)).map { _ in (numbers.next(21) - 10, numbers.next(21) - 10) }
            // Scaled by a power of two, so that the same whole numbers hold for fractions.
            let scale = round.isMultiple(of: 2) ? 1.0 : 1.0 / 1_048_576
            let ring = try Self.ring(corners, scale: scale)
            for x in -11...11 {
                for y in -11...11 {
                    let side = ring.side(of: GeoPoint(longitude: Double(x) * scale, latitude: Double(y) * scale))
                    #expect(side == Self.side(of: (x, y), in: corners), "\(corners) \(x) \(y)")
                    found[side, default: 0] += 1
                }
            }
        }
        // All three happen often, so that the comparison means something.
        #expect(found.values.allSatisfy { $0 > 10_000 } && found.count == 3)
    }

    @Test("a point a rounding error beside a line is not on it, and one on it is")
    func exact() throws {
        // From 0,0 to 0.3,0.1·3: multiplication rounds, the comparison must not.
        let ring = try #require(
            GeoRing([
                GeoPoint(longitude: 0, latitude: 0), GeoPoint(longitude: 12, latitude: 12),
                GeoPoint(longitude: 24, latitude: 24), GeoPoint(longitude: 0, latitude: 24),
                GeoPoint(longitude: 0, latitude: 0),
            ]))
        let on = 0.5 + 1.0 / 1_048_576
        #expect(ring.side(of: GeoPoint(longitude: on, latitude: on)) == .edge)
        #expect(ring.side(of: GeoPoint(longitude: on.nextUp, latitude: on)) == .outside)
        #expect(ring.side(of: GeoPoint(longitude: on.nextDown, latitude: on)) == .inside)
        #expect(ring.side(of: GeoPoint(longitude: on, latitude: on.nextDown)) == .outside)
    }

    @Test("a long ring gives the same answers as its sides one by one")
    func long() throws {
        var numbers = Numbers(state: 99)
        // A comb of 2,000 teeth of different heights.
        var corners: [(Int, Int)] = (0..<2000).flatMap {
            [($0 * 4, 10 + numbers.next(500)), ($0 * 4 + 2, numbers.next(9))]
        }
        corners += [(8000, -5), (-1, -5)]
        let ring = try Self.ring(corners, scale: 1.0 / 128)
        for _ in 0..<3000 {
            let (x, y) = (numbers.next(8100) - 50, numbers.next(530) - 10)
            let point = GeoPoint(longitude: Double(x) / 128, latitude: Double(y) / 128)
            #expect(ring.side(of: point) == Self.side(of: (x, y), in: corners), "\(x) \(y)")
        }
    }

    @Test("a hole is outside, its edge and the outline are inside")
    func hole() throws {
        let square = try GeoShape(coordinates: [
            [[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]], [[1, 1], [3, 1], [3, 3], [1, 3], [1, 1]]],
            [[[10, 0], [11, 0], [11, 1], [10, 0]]],
        ])
        let cases: [(Double, Double, Bool)] = [
            (0.5, 0.5, true), (2, 2, false), (1, 2, true), (3, 3, true), (0, 4, true), (4.1, 2, false),
            (10.9, 0.1, true), (10.1, 0.9, false),
        ]
        for (longitude, latitude, isInside) in cases {
            #expect(
                square.contains(GeoPoint(longitude: longitude, latitude: latitude)) == isInside,
                "\(longitude) \(latitude)")
        }
    }

    @Test("180° west and 180° east are one line")
    func antimeridian() throws {
        let west = try GeoShape(coordinates: [[[[-180, 0], [-179, 0], [-179, 1], [-180, 1], [-180, 0]]]])
        #expect(west.contains(GeoPoint(longitude: 180, latitude: 0.5)))
        #expect(west.contains(GeoPoint(longitude: -180, latitude: 0.5)))
        #expect(!west.contains(GeoPoint(longitude: 179.9, latitude: 0.5)))
        #expect(!west.contains(GeoPoint(longitude: 180, latitude: 1.5)))
    }

    @Test("what is no area is refused with the part that is wrong")
    func refused() throws {
        let square: [[Double]] = [[0, 0], [1, 0], [1, 1], [0, 0]]
        let many = (0...10_000).map { [Double($0) / 100, Double($0 % 2)] }
        let cases: [([[[[Double]]]], String)] = [
            ([], "at least one polygon"), ([[]], "polygon 1 has no ring"),
            ([[square, [[0, 0], [1, 1], [0, 0]]]], "polygon 1, ring 2 has fewer than four"),
            ([[square], [[[0, 0], [1, 0], [1, 1], [0, 1]]]], "polygon 2, ring 1 is not closed"),
            ([[[[0, 0], [1, 0], [181, 1], [0, 0]]]], "polygon 1, ring 1, position 3 has a longitude"),
            ([[[[0, 0], [1, -90.1], [1, 1], [0, 0]]]], "position 2 has a latitude"),
            ([[[[0, 0], [1], [1, 1], [0, 0]]]], "position 2 is not"),
            ([[[[0, 0], [.nan, 0], [1, 1], [0, 0]]]], "position 2 has a longitude"),
            ([[[[0, 0], [1, 1], [2, 2], [0, 0]]]], "ring 1 encloses nothing"),
            ([[many]], "at most 10000 points"),
        ]
        for (coordinates, words) in cases {
            let failure = #expect(throws: Failure.self) { try GeoShape(coordinates: coordinates) }
            #expect(failure?.code == .unprocessable)
            #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "") – \(words)")
        }
        let shape = try GeoShape(coordinates: [[square]])
        #expect(shape.coordinates == [[square]])
    }

    @Test("own areas hold for their owner alone; outside all allowed areas nothing is shown")
    func rules() throws {
        let (anna, bert) = (AccountID(), AccountID())
        func area(_ west: Double, _ kind: ExcludedArea.Kind, of account: AccountID? = nil) throws -> ExcludedArea {
            let ring = [[west, 0], [west + 1, 0], [west + 1, 1], [west, 1], [west, 0]]
            return ExcludedArea(
                accountID: account, label: "x", kind: kind, shape: try GeoShape(coordinates: [[ring]]))
        }
        let (one, two, far) = (
            GeoPoint(longitude: 0.5, latitude: 0.5), GeoPoint(longitude: 2.5, latitude: 0.5),
            GeoPoint(longitude: 9, latitude: 0.5)
        )
        let closed = AreaRules([try area(0, .excluded), try area(2, .excluded, of: anna)])
        #expect(closed.excludes(one, of: anna) && closed.excludes(one, of: bert))
        #expect(closed.excludes(two, of: anna) && !closed.excludes(two, of: bert))
        #expect(!closed.excludes(far, of: anna))
        let open = AreaRules([try area(0, .allowed), try area(2, .allowed), try area(2, .excluded, of: anna)])
        #expect(!open.excludes(one, of: anna) && open.excludes(far, of: bert))
        #expect(open.excludes(two, of: anna) && !open.excludes(two, of: bert))
        // Of allowed areas elsewhere it is enough to know that there are some.
        #expect(AreaRules([], isLimited: true).excludes(one, of: anna))
    }
}

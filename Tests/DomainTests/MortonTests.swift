import Domain
import Testing

@Suite("Place codes")
struct MortonTests {
    private let places = [
        GeoPoint(longitude: 0, latitude: 0), GeoPoint(longitude: 2.3522, latitude: 48.8566),
        GeoPoint(longitude: -180, latitude: 85.1), GeoPoint(longitude: 180, latitude: -90),
        GeoPoint(longitude: -73.9857, latitude: 40.7484), GeoPoint(longitude: 151.2, latitude: -33.9),
    ]

    /// Column and row by the formulas of the slippy map, independent of the code.
    private func tile(_ code: Int64, _ z: Int) -> (x: Int, y: Int) {
        var (x, y) = (0, 0)
        for bit in 0..<31 {
            x |= Int((code >> Int64(2 * bit)) & 1) << bit
            y |= Int((code >> Int64(2 * bit + 1)) & 1) << bit
        }
        return (x >> (31 - z), y >> (31 - z))
    }

    @Test("a code is column and row, bit by bit")
    func bits() {
        for place in places {
            let cell = Morton.cell(place)
            let code = Morton.code(place)
            #expect(code >= 0)
            #expect(tile(code, 31) == (Int(cell.x), Int(cell.y)))
        }
    }

    @Test("a known place is in its known tile")
    func knownTile() {
        // The Eiffel Tower on the slippy map at zoom 16.
        #expect(tile(Morton.code(GeoPoint(longitude: 2.2945, latitude: 48.8584)), 16) == (33185, 22545))
    }

    @Test("a point lies in the range of each of its tiles, and in no neighbour's")
    func ranges() {
        for place in places {
            let code = Morton.code(place)
            for z in [0, 1, 7, 15, 22] {
                let (x, y) = tile(code, z)
                #expect(Morton.range(z: z, x: x, y: y).contains(code))
                guard x > 0 else { continue }
                #expect(!Morton.range(z: z, x: x - 1, y: y).contains(code))
            }
        }
    }

    @Test("tiles of a zoom share the codes out without gap or overlap")
    func partition() {
        let ranges = (0..<8).flatMap { y in (0..<8).map { x in Morton.range(z: 3, x: x, y: y) } }
            .sorted { $0.lowerBound < $1.lowerBound }
        #expect(ranges.first?.lowerBound == 0)
        #expect(ranges.last?.upperBound == 1 << 62)
        #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
    }

    @Test("a box is covered by a handful of ranges that hold every point inside")
    func covering() {
        var generator = SystemRandomNumberGenerator()
        let boxes = [
            BoundingBox(west: 2.35, south: 48.85, east: 2.352, north: 48.852),
            BoundingBox(west: -0.001, south: -0.001, east: 0.001, north: 0.001),
            BoundingBox(west: 170, south: -40, east: -170, north: 40), .world,
        ]
        for box in boxes {
            let ranges = Morton.ranges(covering: box)
            #expect(ranges.count <= 8 * box.parts.count)
            for part in box.parts {
                for _ in 0..<500 {
                    let point = GeoPoint(
                        longitude: .random(in: part.west...part.east, using: &generator),
                        latitude: .random(in: part.south...part.north, using: &generator))
                    let code = Morton.code(point)
                    #expect(ranges.contains { $0.contains(code) }, "\(point)")
                }
            }
        }
    }

    @Test(
        "no place is covered twice, where a box crosses the antimeridian neither",
        arguments: [
            BoundingBox(west: 20, south: -60, east: 10, north: 60),
            BoundingBox(west: 1, south: -80, east: -1, north: 80),
            BoundingBox(west: 179.99, south: 10, east: 179.98, north: 10.01),
            BoundingBox(west: 170, south: -40, east: -170, north: 40),
        ])
    func once(box: BoundingBox) {
        let ranges = Morton.ranges(covering: box).sorted { $0.lowerBound < $1.lowerBound }
        #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound })
    }
}

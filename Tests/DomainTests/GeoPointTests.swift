import Domain
import Testing

@Suite("Places")
struct GeoPointTests {
    let paris = GeoPoint(longitude: 2.3522, latitude: 48.8566)
    let london = GeoPoint(longitude: -0.1276, latitude: 51.5072)

    @Test("distances are those of the sphere")
    func distance() {
        #expect(abs(paris.distance(to: london) - 343_500) < 500)
        #expect(paris.distance(to: paris) == 0)
        // A degree of latitude.
        let north = GeoPoint(longitude: 2.3522, latitude: 49.8566)
        #expect(abs(paris.distance(to: north) - GeoPoint.earthRadius * .pi / 180) < 0.01)
    }

    @Test("bearings turn clockwise from north")
    func bearing() {
        let origin = GeoPoint(longitude: 0, latitude: 0)
        let around = [(0.0, 1.0, 0.0), (1, 0, 90), (0, -1, 180), (-1, 0, 270)]
        for (longitude, latitude, expected) in around {
            let bearing = origin.bearing(to: GeoPoint(longitude: longitude, latitude: latitude))
            #expect(abs(bearing - expected) < 1e-9)
        }
        #expect(abs(paris.bearing(to: london) - 330.2) < 0.3)
    }

    @Test("a box holds its edges, and crosses the antimeridian when west is east of east")
    func boxes() {
        let box = BoundingBox(west: 1, south: 40, east: 3, north: 50)
        #expect(box.contains(paris))
        #expect(!box.contains(london))
        #expect(box.contains(GeoPoint(longitude: 1, latitude: 50)))
        let pacific = BoundingBox(west: 170, south: -20, east: -170, north: 20)
        #expect(pacific.crossesAntimeridian)
        #expect(pacific.contains(GeoPoint(longitude: 180, latitude: 0)))
        #expect(pacific.contains(GeoPoint(longitude: -175, latitude: 0)))
        #expect(!pacific.contains(GeoPoint(longitude: 0, latitude: 0)))
        #expect(pacific.parts.map(\.east) == [180, -170])
        #expect(box.parts == [box])
    }

    @Test("the box around points is the smallest")
    func around() {
        #expect(BoundingBox(around: [GeoPoint]()) == nil)
        #expect(
            BoundingBox(around: [paris, london])
                == BoundingBox(west: -0.1276, south: 48.8566, east: 2.3522, north: 51.5072))
    }
}

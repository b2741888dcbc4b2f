/// A box in degrees, west to east and south to north. `west > east` means it crosses the antimeridian.
package struct BoundingBox: Hashable, Sendable, Codable {
    package let west: Double
    package let south: Double
    package let east: Double
    package let north: Double

    package init(west: Double, south: Double, east: Double, north: Double) {
        self.west = west
        self.south = south
        self.east = east
        self.north = north
    }

    package static let world = BoundingBox(west: -180, south: -90, east: 180, north: 90)

    package var crossesAntimeridian: Bool { west > east }

    package func contains(_ point: GeoPoint) -> Bool {
        guard point.latitude >= south, point.latitude <= north else { return false }
        return crossesAntimeridian
            ? point.longitude >= west || point.longitude <= east
            : point.longitude >= west && point.longitude <= east
    }

    /// The box in at most two parts that do not cross the antimeridian.
    package var parts: [BoundingBox] {
        guard crossesAntimeridian else { return [self] }
        return [
            BoundingBox(west: west, south: south, east: 180, north: north),
            BoundingBox(west: -180, south: south, east: east, north: north),
        ]
    }

    /// The smallest box around `points` that does not cross the antimeridian; `nil` for none.
    package init?(around points: some Sequence<GeoPoint>) {
        var iterator = points.makeIterator()
        guard let first = iterator.next() else { return nil }
        var (west, south, east, north) = (first.longitude, first.latitude, first.longitude, first.latitude)
        while let point = iterator.next() {
            west = min(west, point.longitude)
            east = max(east, point.longitude)
            south = min(south, point.latitude)
            north = max(north, point.latitude)
        }
        self.init(west: west, south: south, east: east, north: north)
    }
}

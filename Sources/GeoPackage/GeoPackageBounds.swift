import Domain

/// A box in degrees, as the spatial index and the table of contents want it.
struct GeoPackageBounds {
    let west: Double
    let south: Double
    let east: Double
    let north: Double

    init(_ point: GeoPoint) {
        (west, east) = (point.longitude, point.longitude)
        (south, north) = (point.latitude, point.latitude)
    }

    /// Around all points; nil for none.
    init?(_ points: [GeoPoint]) {
        guard let first = points.first else { return nil }
        self = points.dropFirst().reduce(GeoPackageBounds(first)) { $0.union(GeoPackageBounds($1)) }
    }

    private init(west: Double, south: Double, east: Double, north: Double) {
        (self.west, self.south, self.east, self.north) = (west, south, east, north)
    }

    func union(_ other: Self) -> Self {
        Self(
            west: min(west, other.west), south: min(south, other.south), east: max(east, other.east),
            north: max(north, other.north))
    }
}

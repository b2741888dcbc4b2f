/// One or more polygons: what GeoJSON calls Polygon and MultiPolygon.
///
/// A shape across the antimeridian comes cut in two there, as RFC 7946 §3.1.9 asks; 180° W and 180° E are one line.
package struct GeoShape: Hashable, Sendable {
    package let polygons: [GeoPolygon]
    /// Around all polygons; never across the antimeridian.
    package let box: BoundingBox

    /// Points of one shape, closing points included.
    package static let mostPoints = 10_000

    /// Nil for none.
    package init?(_ polygons: [GeoPolygon]) {
        let corners = polygons.flatMap { polygon in
            let box = polygon.outline.box
            return [
                GeoPoint(longitude: box.west, latitude: box.south), GeoPoint(longitude: box.east, latitude: box.north),
            ]
        }
        guard let box = BoundingBox(around: corners) else { return nil }
        self.polygons = polygons
        self.box = box
    }

    package func contains(_ point: GeoPoint) -> Bool {
        if isInside(point) { return true }
        guard point.longitude.magnitude == 180 else { return false }
        return isInside(GeoPoint(longitude: -point.longitude, latitude: point.latitude))
    }

    private func isInside(_ point: GeoPoint) -> Bool {
        box.contains(point) && polygons.contains { $0.contains(point) }
    }
}

import Foundation

/// A short straight piece of a way.
package struct WayPiece: Hashable, Sendable {
    package let way: Int64
    package let from: GeoPoint
    package let to: GeoPoint

    package init(way: Int64, from: GeoPoint, to: GeoPoint) {
        self.way = way
        self.from = from
        self.to = to
    }

    /// Metres between a place and the nearest point of the piece; good for a few kilometres.
    package func distance(to place: GeoPoint) -> Double {
        let (ax, ay) = Self.metres(from, around: place), (bx, by) = Self.metres(to, around: place)
        let (dx, dy) = (bx - ax, by - ay)
        let square = dx * dx + dy * dy
        let share = square > 0 ? min(1, max(0, -(ax * dx + ay * dy) / square)) : 0
        return hypot(ax + share * dx, ay + share * dy)
    }

    /// Metres east and north of the place.
    private static func metres(_ point: GeoPoint, around place: GeoPoint) -> (Double, Double) {
        let degree = GeoPoint.earthRadius * .pi / 180
        var east = point.longitude - place.longitude
        if abs(east) > 180 { east -= east > 0 ? 360 : -360 }
        return (east * degree * cos(place.latitude * .pi / 180), (point.latitude - place.latitude) * degree)
    }
}

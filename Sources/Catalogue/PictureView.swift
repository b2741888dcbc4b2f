import Domain
import Foundation

/// Pictures that look at a place: near enough and turned to it. Panoramas look everywhere.
package struct PictureView: Hashable, Sendable {
    package let place: GeoPoint
    /// Metres, both ends in it.
    package let distance: ClosedRange<Double>
    /// Degrees between the direction of view and the place, to either side.
    package let tolerance: Double

    package static let farthest = 1000.0

    package init(place: GeoPoint, distance: ClosedRange<Double>, tolerance: Double) {
        self.place = place
        self.distance = distance
        self.tolerance = tolerance
    }

    /// Metres to a degree of latitude.
    private static let degree = GeoPoint.earthRadius * .pi / 180

    /// Metres to a degree of longitude, there.
    private var degreeEast: Double { Self.degree * max(0.001, cos(place.latitude * .pi / 180)) }

    /// Around all that may look at it.
    var box: BoundingBox {
        let (east, north) = (distance.upperBound / degreeEast, distance.upperBound / Self.degree)
        return BoundingBox(
            west: Self.wrapped(place.longitude - east), south: max(-90, place.latitude - north),
            east: Self.wrapped(place.longitude + east), north: min(90, place.latitude + north))
    }

    /// The same meridian between −180 and 180 degrees.
    private static func wrapped(_ longitude: Double) -> Double {
        longitude < -180 ? longitude + 360 : longitude > 180 ? longitude - 360 : longitude
    }

    /// Holds for pictures `p`. So near, the Earth is flat.
    var condition: SQLStatement {
        // The short way round.
        let east: SQLStatement =
            "((mod(\(place.longitude) - p.longitude + 540.0, 360.0) - 180.0) * \(degreeEast))"
        let north: SQLStatement = "((\(place.latitude) - p.latitude) * \(Self.degree))"
        let (near, far) = (distance.lowerBound, distance.upperBound)
        return """
            (\(PictureSearch.inside(box)) \
            AND \(east) * \(east) + \(north) * \(north) BETWEEN \(near * near) AND \(far * far) \
            AND (p.type = 'equirectangular' \
            OR abs(mod(degrees(atan2(\(east), \(north))) - p.heading + 540.0, 360.0) - 180.0) <= \(tolerance)))
            """
    }
}

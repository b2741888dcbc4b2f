import Foundation

/// A place in WGS 84 (EPSG:4326).
package struct GeoPoint: Hashable, Sendable, Codable {
    /// Degrees, −180 to 180, east positive.
    package let longitude: Double
    /// Degrees, −90 to 90, north positive.
    package let latitude: Double

    package init(longitude: Double, latitude: Double) {
        self.longitude = longitude
        self.latitude = latitude
    }

    /// Mean Earth radius in metres (IUGG R1).
    package static let earthRadius = 6_371_008.8

    /// Great-circle distance in metres (haversine).
    package func distance(to other: GeoPoint) -> Double {
        let phi1 = latitude * .pi / 180
        let phi2 = other.latitude * .pi / 180
        let dPhi = phi2 - phi1
        let dLambda = (other.longitude - longitude) * .pi / 180
        let a = pow(sin(dPhi / 2), 2) + cos(phi1) * cos(phi2) * pow(sin(dLambda / 2), 2)
        return 2 * Self.earthRadius * asin(min(1, sqrt(a)))
    }

    /// Initial bearing towards `other`, degrees clockwise from north, 0 to 360.
    package func bearing(to other: GeoPoint) -> Double {
        let phi1 = latitude * .pi / 180
        let phi2 = other.latitude * .pi / 180
        let dLambda = (other.longitude - longitude) * .pi / 180
        let y = sin(dLambda) * cos(phi2)
        let x = cos(phi1) * sin(phi2) - sin(phi1) * cos(phi2) * cos(dLambda)
        let degrees = atan2(y, x) * 180 / .pi
        return degrees < 0 ? degrees + 360 : degrees
    }
}

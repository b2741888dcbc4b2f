import Foundation

/// What somebody says about a picture whose own tags do not say it. It counts as if the camera had written it.
package struct GivenPlace: Hashable, Sendable, Codable {
    /// Nil where the picture's own counts.
    package var position: GeoPoint?
    /// Metres.
    package var altitude: Double?
    /// Degrees clockwise from true north, 0 ≤ heading < 360.
    package var heading: Double?
    /// Nil where the camera's clock counts, read in the time zone of the place.
    package var capturedAt: Date?

    package init(
        position: GeoPoint? = nil, altitude: Double? = nil, heading: Double? = nil, capturedAt: Date? = nil
    ) {
        self.position = position
        self.altitude = altitude
        self.heading = heading
        self.capturedAt = capturedAt
    }
}

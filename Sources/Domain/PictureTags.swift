import Foundation

/// What a picture's own tags (EXIF, XMP) say, read by the darkroom.
package struct PictureTags: Hashable, Sendable, Codable {
    package var position: GeoPoint
    /// Metres above the ellipsoid or sea level, as the tag says; may be negative.
    package var altitude: Double?
    /// Horizontal accuracy, metres.
    package var horizontalAccuracy: Double?
    /// The time of capture that counts (UTC).
    package var capturedAt: Date
    /// Minutes east of UTC at the place and time of capture.
    package var utcOffsetMinutes: Int
    /// Satellite time, when the file has one.
    package var gpsTime: Date?
    /// Camera clock time with sub-seconds, when the file has one.
    package var cameraTime: Date?
    /// Degrees clockwise from true north, 0 ≤ heading < 360, unrounded; `nil` when no tag says.
    package var heading: Double?
    /// Degrees; positive looks up.
    package var pitch: Double?
    /// Degrees; positive tilts clockwise.
    package var roll: Double?
    package var type: PictureType
    /// Horizontal field of view in degrees; 360 for a full panorama.
    package var fieldOfView: Double?
    package var make: String?
    package var model: String?
    /// Camera body serial number, to compare with the label.
    package var serialNumber: String?
    /// Millimetres.
    package var focalLength: Double?
    /// Millimetres.
    package var sensorWidth: Double?
    /// EXIF orientation, 1–8 (TIFF 6.0, tag 274).
    package var orientation: Int
    /// Pixels as displayed, after orientation.
    package var width: Int
    package var height: Int
    /// The remaining readable tags: exiv2-style keys (`Exif.Photo.FNumber`) to text.
    package var exif: [String: String]
    /// Things a person may want to know (no GPS reference, no time zone …), one plain sentence each.
    package var warnings: [String]

    /// No camera writes a larger number, up or down: EXIF's own are of 32 bits.
    package static let largestFigure = 1e10

    package init(
        position: GeoPoint, altitude: Double? = nil, horizontalAccuracy: Double? = nil, capturedAt: Date,
        utcOffsetMinutes: Int = 0, gpsTime: Date? = nil, cameraTime: Date? = nil, heading: Double? = nil,
        pitch: Double? = nil, roll: Double? = nil, type: PictureType = .flat, fieldOfView: Double? = nil,
        make: String? = nil, model: String? = nil, serialNumber: String? = nil, focalLength: Double? = nil,
        sensorWidth: Double? = nil, orientation: Int = 1, width: Int, height: Int, exif: [String: String] = [:],
        warnings: [String] = []
    ) {
        self.position = position
        self.altitude = altitude
        self.horizontalAccuracy = horizontalAccuracy
        self.capturedAt = capturedAt
        self.utcOffsetMinutes = utcOffsetMinutes
        self.gpsTime = gpsTime
        self.cameraTime = cameraTime
        self.heading = heading
        self.pitch = pitch
        self.roll = roll
        self.type = type
        self.fieldOfView = fieldOfView
        self.make = make
        self.model = model
        self.serialNumber = serialNumber
        self.focalLength = focalLength
        self.sensorWidth = sensorWidth
        self.orientation = orientation
        self.width = width
        self.height = height
        self.exif = exif
        self.warnings = warnings
    }
}

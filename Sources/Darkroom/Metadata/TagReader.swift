import Domain
import Foundation

/// Reads what a picture's tags say: place, times, direction, camera.
package struct TagReader: Sendable {
    private let cameras: CameraTable
    private let zones: ZoneTable

    /// `tablesFolder` holds `cameras.csv` and `timezones.bin`. Fails when one is missing or damaged.
    package init(tablesFolder: String) throws {
        cameras = try CameraTable(path: tablesFolder + "/cameras.csv")
        zones = try ZoneTable(path: tablesFolder + "/timezones.bin")
    }

    /// The tags of a JPEG: `file` is the whole of it, `width` and `height` the pixels as stored.
    /// `clockZone` is what the camera's clock shows where the tags do not say; nil: the zone of the place.
    /// Rejects a picture without position or time, and one whose tags contradict each other.
    ///
    /// - Parameter given: counts instead of what the tags say of the same.
    package func read(
        _ file: Data, width: Int, height: Int, clockZone: TimeZone? = nil, given: GivenPlace? = nil
    ) throws(Rejection) -> PictureTags {
        let source = TagSource(JPEGSegments(of: file))
        var warnings: [String] = []
        let position =
            if let given = given?.position { GeoPoint?.some(given) } else { try source.position(warnings: &warnings) }
        let zone = position.flatMap { TimeZone(identifier: zones.name(at: $0)) }
        let times = source.captureTimes(zone: zone, clock: clockZone, warnings: &warnings)
            .corrected(to: given?.capturedAt, zone: zone)
        guard let position, let time = times.best else {
            throw Self.missing(position: position == nil, time: times.best)
        }

        var tags = PictureTags(
            position: position, capturedAt: time.moment, utcOffsetMinutes: time.offsetSeconds / 60,
            width: width, height: height)
        tags.gpsTime = times.gps?.moment
        tags.cameraTime = times.camera?.moment
        tags.altitude = given?.altitude ?? source.altitude()
        tags.heading = given?.heading ?? source.heading(warnings: &warnings)
        tags.pitch = source.pitch()
        tags.roll = source.roll()
        try describeCamera(of: source, in: &tags, warnings: &warnings)
        // It is of the receiver that had no place to tell.
        if given?.position != nil { tags.horizontalAccuracy = nil }
        Self.dropNonsense(in: &tags)
        tags.exif = source.texts()
        tags.warnings = warnings
        return tags
    }

    /// How a picture of that many stored pixels is shown, whatever else its tags lack.
    func appearance(of file: Data, size: PixelSize) throws(Rejection) -> (orientation: Orientation, type: PictureType) {
        let source = TagSource(JPEGSegments(of: file))
        let camera = source.camera()
        let orientation = Orientation(camera.orientation)
        let displayed = orientation.turned(size)
        let type = source.type(
            crop: try source.panoramaCrop(), known: cameras.camera(make: camera.make, model: camera.model),
            isTwiceAsWideAsHigh: displayed.width == displayed.height * 2)
        return (orientation, type)
    }

    private func describeCamera(
        of source: TagSource, in tags: inout PictureTags, warnings: inout [String]
    ) throws(Rejection) {
        let camera = source.camera()
        let known = cameras.camera(make: camera.make, model: camera.model)
        let crop = try source.panoramaCrop()
        if camera.orientation >= 5 { swap(&tags.width, &tags.height) }
        tags.orientation = camera.orientation
        tags.make = camera.make
        tags.model = camera.model
        tags.serialNumber = camera.serialNumber
        tags.type = source.type(
            crop: crop, known: known, isTwiceAsWideAsHigh: tags.height > 0 && tags.width == tags.height * 2)
        tags.focalLength = camera.focalLength ?? known?.focalLength
        tags.sensorWidth = known?.sensorWidth
        if camera.make == nil, camera.model == nil { warnings.append("The tags do not name the camera.") }
        tags.fieldOfView = FieldOfView.degrees(type: tags.type, crop: crop, camera: camera, known: known)
        tags.horizontalAccuracy = source.horizontalAccuracy(make: camera.make, known: known, warnings: &warnings)
    }

    /// Text and floating point have room for numbers that mean nothing.
    private static func dropNonsense(in tags: inout PictureTags) {
        let figures: [WritableKeyPath<PictureTags, Double?>] = [
            \.altitude, \.pitch, \.roll, \.horizontalAccuracy, \.fieldOfView, \.focalLength,
        ]
        for figure in figures {
            if let value = tags[keyPath: figure], !(abs(value) <= PictureTags.largestFigure) {
                tags[keyPath: figure] = nil
            }
        }
    }

    /// Says what time the camera's clock showed, if it did: who gives a place can go by that.
    private static func missing(position: Bool, time: CaptureTimes.Reading?) -> Rejection {
        let fields = (position ? ["lat", "lon"] : []) + (time == nil ? ["datetime"] : [])
        var details = ["missing_fields": fields.joined(separator: ",")]
        details[Rejection.cameraTimeKey] = time.map { RFC3339.string($0.moment) }
        return switch (position, time == nil) {
        case (true, true):
            Rejection(
                .invalidMetadata, "The picture has neither a GPS position nor a date and time.", details: details)
        case (true, false): Rejection(.invalidMetadata, "The picture has no GPS position.", details: details)
        default: Rejection(.invalidMetadata, "The picture has no date and time.", details: details)
        }
    }
}

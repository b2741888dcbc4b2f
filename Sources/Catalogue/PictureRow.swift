import Domain
import Foundation

/// The columns of a whole picture, written and read in one order.
enum PictureRow {
    /// All columns of a picture, of the table `p`.
    static let columns = columns(redactions: "p.redactions", exif: "p.exif")

    /// The same without the two that are JSON objects of any length: what shows many pictures at once has no use for
    /// them as values.
    static let plainColumns = columns(redactions: "'[]'", exif: "'{}'")

    private static func columns(redactions: SQLStatement, exif: SQLStatement) -> SQLStatement {
        """
        p.id, p.account_id, p.label_id, p.upload_set_id, p.sequence_id, p.rank, p.status, p.broken_reason, p.audience, \
        \(AudienceRule.isHidden(picture: "p")), p.original_name, p.original_size, p.original_sha256, p.revision, \
        p.created_at, p.updated_at, \
        p.heading, p.heading_computed, \(redactions), p.derivatives, \
        p.captured_at, p.longitude, p.latitude, p.altitude, p.horizontal_accuracy, p.utc_offset, p.gps_time, \
        p.camera_time, p.tag_heading, p.pitch, p.roll, p.type, p.field_of_view, p.make, p.model, p.serial_number, \
        p.focal_length, p.sensor_width, p.orientation, p.width, p.height, \(exif), p.warnings
        """
    }

    static func picture(_ row: inout SQLRowReader) throws -> Picture {
        var picture = Picture(
            id: row.id(), accountID: row.id(), labelID: row.id(), uploadSetID: row.id(), sequenceID: row.optionalID(),
            rank: row.optionalInt(), status: try row.word(), brokenReason: row.optionalText(),
            visibility: Sight.visibility(audience: row.int()), isHidden: row.bool(), originalName: row.text(),
            originalSize: row.int64(), originalSHA256: row.text(), revision: row.int(), createdAt: row.date(),
            updatedAt: row.date())
        picture.heading = row.optionalDouble()
        picture.isHeadingComputed = row.bool()
        picture.redactions = try row.jsonList()
        picture.derivatives = try DerivativeList.decode(row.text())
        picture.tags = try tags(&row)
        return picture
    }

    /// From `longitude` to `warnings`.
    private static let columnsAfterTime = 22

    /// Reads the tags' columns, which are there once the darkroom has read them.
    private static func tags(_ row: inout SQLRowReader) throws -> PictureTags? {
        guard let capturedAt = row.optionalDate() else {
            // What follows in the row must be read from its own columns.
            for _ in 0..<columnsAfterTime { row.skip() }
            return nil
        }
        return PictureTags(
            position: GeoPoint(longitude: row.double(), latitude: row.double()), altitude: row.optionalDouble(),
            horizontalAccuracy: row.optionalDouble(), capturedAt: capturedAt, utcOffsetMinutes: row.int(),
            gpsTime: row.optionalDate(), cameraTime: row.optionalDate(), heading: row.optionalDouble(),
            pitch: row.optionalDouble(), roll: row.optionalDouble(), type: try row.word(),
            fieldOfView: row.optionalDouble(), make: row.optionalText(), model: row.optionalText(),
            serialNumber: row.optionalText(), focalLength: row.optionalDouble(), sensorWidth: row.optionalDouble(),
            orientation: row.int(), width: row.int(), height: row.int(), exif: try row.jsonTable(),
            warnings: try row.jsonList())
    }

    /// The assignments that store `tags`, for an `UPDATE pictures SET`.
    static func assignments(_ tags: PictureTags) throws -> SQLStatement {
        """
        morton = \(Morton.code(tags.position)), longitude = \(tags.position.longitude), \
        latitude = \(tags.position.latitude), altitude = \(tags.altitude), \
        horizontal_accuracy = \(tags.horizontalAccuracy), captured_at = \(tags.capturedAt), \
        utc_offset = \(tags.utcOffsetMinutes), gps_time = \(tags.gpsTime), camera_time = \(tags.cameraTime), \
        tag_heading = \(tags.heading), pitch = \(tags.pitch), roll = \(tags.roll), type = \(tags.type.rawValue), \
        field_of_view = \(tags.fieldOfView), make = \(tags.make), model = \(tags.model), \
        serial_number = \(tags.serialNumber), focal_length = \(tags.focalLength), \
        sensor_width = \(tags.sensorWidth), orientation = \(tags.orientation), width = \(tags.width), \
        height = \(tags.height), exif = \(try JSONText.encode(tags.exif)), \
        warnings = \(try JSONText.encode(tags.warnings))
        """
    }
}

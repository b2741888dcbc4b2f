import Catalogue
import Domain
import Foundation

/// The `properties` of an item: STAC's names, and those that Panoramax clients read.
struct ItemProperties {
    let item: PictureItem
    let baseURL: String

    private var picture: Picture { item.picture }

    private static let lineage =
        "What the policy of the camera label asks to be hidden is hidden; smaller versions are made of the result."

    /// Told to owner and administrators, the only ones who get this far.
    private var isHidden: Bool { picture.isHidden && picture.status == .prepared }

    var object: JSONObject {
        var object = times
        object["created"] = .string(RFC3339.string(picture.createdAt))
        object["updated"] = .string(RFC3339.string(picture.updatedAt))
        object["license"] = "other"
        object["view:azimuth"] = picture.heading.map(JSON.double)
        object["geovisio:status"] = .string(isHidden ? "hidden" : picture.status.wireName)
        object["geovisio:visibility"] = .string(picture.visibility.rawValue)
        object["geovisio:producer"] = .string(item.producer)
        object["geovisio:rank_in_collection"] = picture.rank.map { .int($0) }
        if picture.status == .prepared {
            object["processing:lineage"] = .string(Self.lineage)
            object["geovisio:image"] = .string("\(baseURL)/api/pictures/\(picture.id)/hd.jpg")
            object["geovisio:thumbnail"] = .string("\(baseURL)/api/pictures/\(picture.id)/thumb.jpg")
        }
        if let reason = picture.brokenReason { object["wayside:broken_reason"] = .string(reason) }
        object["wayside:camera_label"] = .string(item.label)
        object["wayside:heading_computed"] = .bool(picture.isHeadingComputed)
        object["original_file:name"] = .string(picture.originalName)
        object["original_file:size"] = .int(picture.originalSize)
        object["semantics"] = SemanticsDocument.json(item.semantics)
        object["annotations"] = .array(item.annotations.map { AnnotationDocument(annotation: $0).json })
        object["collection"] = ["semantics": SemanticsDocument.json(item.sequenceSemantics)]
        if let tags = picture.tags { add(tags, to: &object) }
        return object
    }

    /// A picture whose tags are not read yet has no time: STAC then wants an interval.
    private var times: JSONObject {
        guard let tags = picture.tags else {
            let created: JSON = .string(RFC3339.string(picture.createdAt))
            return ["datetime": .null, "start_datetime": created, "end_datetime": created]
        }
        return [
            "datetime": .string(RFC3339.string(tags.capturedAt)),
            "datetimetz": .string(RFC3339.string(tags.capturedAt, offset: tags.utcOffsetMinutes)),
        ]
    }

    private func add(_ tags: PictureTags, to object: inout JSONObject) {
        object["pers:interior_orientation"] = Self.interior(tags)
        object["wayside:type"] = .string(tags.type.rawValue)
        object["wayside:altitude"] = tags.altitude.map(JSON.double)
        object["wayside:pitch"] = tags.pitch.map(JSON.double)
        object["wayside:roll"] = tags.roll.map(JSON.double)
        object["wayside:gps_time"] = tags.gpsTime.map { .string(RFC3339.string($0)) }
        object["wayside:camera_time"] = tags.cameraTime.map { .string(RFC3339.string($0)) }
        object["quality:horizontal_accuracy"] = tags.horizontalAccuracy.map(JSON.double)
        if let view = tags.fieldOfView, view > 0 {
            object["panoramax:horizontal_pixel_density"] = .int(Int((Double(tags.width) / view).rounded()))
        }
        if let matrix = TileMatrix(derivatives: picture.derivatives) {
            object["tiles:tile_matrix_sets"] = matrix.json(id: picture.id)
        }
        if !tags.warnings.isEmpty { object["wayside:warnings"] = .array(tags.warnings.map(JSON.string)) }
        object["exif"] = item.exif.map(JSON.raw)
    }

    private static func interior(_ tags: PictureTags) -> JSON {
        var object = JSONObject()
        object["camera_manufacturer"] = tags.make.map(JSON.string)
        object["camera_model"] = tags.model.map(JSON.string)
        object["focal_length"] = tags.focalLength.flatMap { $0 > 0 ? .double($0) : nil }
        object["field_of_view"] = tags.fieldOfView.flatMap { $0 > 0 && $0 <= 360 ? .double($0) : nil }
        object["sensor_array_dimensions"] = [.int(tags.width), .int(tags.height)]
        return .object(object)
    }
}

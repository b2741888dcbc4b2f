import Catalogue
import Domain
import Foundation

/// The `properties` of an item: STAC's names, and those that Panoramax clients read.
struct ItemProperties {
    let item: PictureItem
    /// Where the picture's files are.
    let url: String
    let tiles: TileMatrix?

    private var picture: Picture { item.picture }

    /// Told to owner and administrators, the only ones who get this far.
    private var isHidden: Bool { picture.isHidden && picture.status == .prepared }

    func write(into object: inout some JSONMembers) {
        addTimes(to: &object)
        object.add("created", .string(RFC3339.string(picture.createdAt)))
        object.add("updated", .string(RFC3339.string(picture.updatedAt)))
        object.add("license", "other")
        object.add("view:azimuth", picture.heading.map(JSON.double))
        object.add("geovisio:status", .string(isHidden ? "hidden" : picture.status.wireName))
        object.add("geovisio:visibility", .string(picture.visibility.rawValue))
        object.add("geovisio:producer", .string(item.producer))
        object.add("geovisio:rank_in_collection", picture.rank.map { .int($0) })
        if picture.status == .prepared {
            object.add("processing:lineage", .string(Lineage.of(before: item.lineage)))
            object.add("geovisio:image", .string("\(url)/hd.jpg"))
            object.add("geovisio:thumbnail", .string("\(url)/thumb.jpg"))
        }
        object.add("wayside:broken_reason", picture.brokenReason.map(JSON.string))
        object.add("wayside:camera_label", .string(item.label))
        object.add("wayside:heading_computed", .bool(picture.isHeadingComputed))
        object.add("original_file:name", .string(picture.originalName))
        object.add("original_file:size", .int(picture.originalSize))
        object.add("semantics", SemanticsDocument.json(item.semantics))
        object.add("annotations", .array(item.annotations.map { AnnotationDocument(annotation: $0).json }))
        object.add("collection", ["semantics": SemanticsDocument.json(item.sequenceSemantics)])
        if let tags = picture.tags { add(tags, to: &object) }
    }

    /// A picture whose tags are not read yet has no time: STAC then wants an interval.
    private func addTimes(to object: inout some JSONMembers) {
        if let tags = picture.tags {
            object.add("datetime", .string(RFC3339.string(tags.capturedAt)))
            object.add("datetimetz", .string(RFC3339.string(tags.capturedAt, offset: tags.utcOffsetMinutes)))
        } else {
            let created: JSON = .string(RFC3339.string(picture.createdAt))
            object.add("datetime", .null)
            object.add("start_datetime", created)
            object.add("end_datetime", created)
        }
    }

    private func add(_ tags: PictureTags, to object: inout some JSONMembers) {
        object.add("pers:interior_orientation") { Self.addInterior(tags, to: &$0) }
        object.add("wayside:type", .string(tags.type.rawValue))
        object.add("wayside:altitude", tags.altitude.map(JSON.double))
        object.add("wayside:pitch", tags.pitch.map(JSON.double))
        object.add("wayside:roll", tags.roll.map(JSON.double))
        object.add("wayside:gps_time", tags.gpsTime.map { .string(RFC3339.string($0)) })
        object.add("wayside:camera_time", tags.cameraTime.map { .string(RFC3339.string($0)) })
        object.add("quality:horizontal_accuracy", tags.horizontalAccuracy.map(JSON.double))
        if let view = tags.fieldOfView, view > 0 {
            object.add("panoramax:horizontal_pixel_density", .int(Int((Double(tags.width) / view).rounded())))
        }
        object.add("tiles:tile_matrix_sets", tiles?.json(id: picture.id))
        if !tags.warnings.isEmpty { object.add("wayside:warnings", .array(tags.warnings.map(JSON.string))) }
        object.add("exif", item.exif.map(JSON.raw))
    }

    private static func addInterior(_ tags: PictureTags, to object: inout some JSONMembers) {
        object.add("camera_manufacturer", tags.make.map(JSON.string))
        object.add("camera_model", tags.model.map(JSON.string))
        object.add("focal_length", tags.focalLength.flatMap { $0 > 0 ? .double($0) : nil })
        object.add("field_of_view", tags.fieldOfView.flatMap { $0 > 0 && $0 <= 360 ? .double($0) : nil })
        object.add("sensor_array_dimensions", [.int(tags.width), .int(tags.height)])
    }
}

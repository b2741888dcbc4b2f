import Domain
import Foundation
import GRDB

/// A picture as a point with its attributes.
package struct GeoPackagePicture: Sendable {
    package let position: GeoPoint
    package var id: String
    package var sequenceID: String?
    package var rank: Int?
    package var capturedAt: Date
    /// Metres.
    package var altitude: Double?
    /// Degrees.
    package var heading: Double?
    package var pitch: Double?
    package var roll: Double?
    package var fieldOfView: Double?
    /// Metres.
    package var accuracy: Double?
    package var type: String
    package var make: String?
    package var model: String?
    /// Pixels.
    package var width: Int
    package var height: Int
    package var producer: String
    package var label: String
    package var visibility: String
    package var originalName: String
    /// Address of its page, of the full picture, and of a small one.
    package var page: String
    package var picture: String?
    package var thumbnail: String?

    package init(
        position: GeoPoint, id: String, capturedAt: Date, type: String, width: Int, height: Int, producer: String,
        label: String, visibility: String, originalName: String, page: String
    ) {
        self.position = position
        self.id = id
        self.capturedAt = capturedAt
        self.type = type
        self.width = width
        self.height = height
        self.producer = producer
        self.label = label
        self.visibility = visibility
        self.originalName = originalName
        self.page = page
    }

    static let columns: [(name: String, type: String)] = [
        ("id", "TEXT NOT NULL"), ("sequence_id", "TEXT"), ("rank", "INTEGER"), ("captured_at", "DATETIME NOT NULL"),
        ("altitude", "DOUBLE"), ("heading", "DOUBLE"), ("pitch", "DOUBLE"), ("roll", "DOUBLE"),
        ("field_of_view", "DOUBLE"), ("horizontal_accuracy", "DOUBLE"), ("type", "TEXT NOT NULL"), ("make", "TEXT"),
        ("model", "TEXT"), ("width", "INTEGER NOT NULL"), ("height", "INTEGER NOT NULL"),
        ("producer", "TEXT NOT NULL"), ("camera_label", "TEXT NOT NULL"), ("visibility", "TEXT NOT NULL"),
        ("original_name", "TEXT NOT NULL"), ("page", "TEXT NOT NULL"), ("picture", "TEXT"), ("thumbnail", "TEXT"),
    ]

    static let insertion = GeoPackageSchema.insertion(into: "pictures", columns)

    /// The geometry, then the columns in their order.
    var arguments: StatementArguments {
        [
            GeoPackageGeometry.point(position), id, sequenceID, rank, GeoPackageTime.text(capturedAt), altitude,
            heading, pitch, roll, fieldOfView, accuracy, type, make, model, width, height, producer, label, visibility,
            originalName, page, picture, thumbnail,
        ]
    }
}

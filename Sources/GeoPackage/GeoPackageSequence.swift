import Domain
import Foundation
import GRDB

/// A sequence as a line with its attributes, counted over the pictures that are in the file.
package struct GeoPackageSequence: Sendable {
    package let line: [GeoPoint]
    package let id: String
    package let title: String
    package let producer: String
    package let label: String
    package let pictures: Int
    package let capturedFrom: Date
    package let capturedTo: Date
    /// Address of its page.
    package let page: String

    package init(
        line: [GeoPoint], id: String, title: String, producer: String, label: String, pictures: Int,
        capturedFrom: Date, capturedTo: Date, page: String
    ) {
        self.line = line
        self.id = id
        self.title = title
        self.producer = producer
        self.label = label
        self.pictures = pictures
        self.capturedFrom = capturedFrom
        self.capturedTo = capturedTo
        self.page = page
    }

    static let columns: [(name: String, type: String)] = [
        ("id", "TEXT NOT NULL"), ("title", "TEXT NOT NULL"), ("producer", "TEXT NOT NULL"),
        ("camera_label", "TEXT NOT NULL"), ("pictures", "INTEGER NOT NULL"), ("captured_from", "DATETIME NOT NULL"),
        ("captured_to", "DATETIME NOT NULL"), ("page", "TEXT NOT NULL"),
    ]

    static let insertion = GeoPackageSchema.insertion(into: "sequences", columns)

    /// The geometry, then the columns in their order.
    var arguments: StatementArguments {
        [
            GeoPackageGeometry.line(line), id, title, producer, label, pictures, GeoPackageTime.text(capturedFrom),
            GeoPackageTime.text(capturedTo), page,
        ]
    }
}

import Domain
import Foundation

/// Which faces and plates the pictures of a folder really show: the `images`, `annotations` and `categories` of a COCO file.
package struct TruthFile: Sendable {
    package let pictures: [LabelledPicture]
    /// Categories that are neither face nor plate, and are left out.
    package let ignoredCategories: [String]

    /// Throws `.unprocessable` with what is wrong.
    package init(_ data: Data) throws {
        let document: Document
        do {
            document = try JSONDecoder().decode(Document.self, from: data)
        } catch {
            throw Failure(
                .unprocessable, "The truth is no COCO file: it needs images, annotations and categories.",
                underlying: error)
        }
        let subjects = Dictionary(
            document.categories.map { ($0.id, Self.subject(named: $0.name)) }, uniquingKeysWith: { first, _ in first })
        guard subjects.values.contains(where: { $0 != nil }) else {
            throw Failure(.unprocessable, "The truth has no category named face or plate.")
        }
        let boxes = Dictionary(grouping: document.annotations, by: \.imageID)
        pictures = try document.images.map { image in
            LabelledPicture(
                name: image.fileName,
                boxes: try (boxes[image.id] ?? []).compactMap { annotation in
                    guard let subject = subjects[annotation.categoryID] ?? nil else { return nil }
                    return TrueBox(
                        subject: subject, area: try Self.area(annotation.box, in: image.fileName),
                        isCrowd: annotation.isCrowd == 1)
                })
        }
        ignoredCategories = document.categories.filter { Self.subject(named: $0.name) == nil }.map(\.name).sorted()
    }

    private struct Document: Decodable {
        struct Image: Decodable {
            enum CodingKeys: String, CodingKey {
                case id
                case fileName = "file_name"
            }
            let id: Int
            let fileName: String
        }
        struct Annotation: Decodable {
            enum CodingKeys: String, CodingKey {
                case imageID = "image_id"
                case categoryID = "category_id"
                case box = "bbox"
                case isCrowd = "iscrowd"
            }
            let imageID: Int
            let categoryID: Int
            let box: [Double]
            let isCrowd: Int?
        }
        struct Category: Decodable {
            let id: Int
            let name: String
        }
        let images: [Image]
        let annotations: [Annotation]
        let categories: [Category]
    }

    private static func subject(named name: String) -> Redaction.Subject? {
        switch name.lowercased() {
        case "face": .face
        case "plate", "license plate", "license_plate", "licence plate", "number plate": .plate
        default: nil
        }
    }

    private static func area(_ box: [Double], in picture: String) throws -> Area {
        guard box.count == 4, box.allSatisfy(\.isFinite), box[2] > 0, box[3] > 0 else {
            throw Failure(.unprocessable, "A box of \(picture) is not x, y, width and height in pixels.")
        }
        return Area(x: box[0], y: box[1], width: box[2], height: box[3])
    }
}

/// What one picture shows.
package struct LabelledPicture: Sendable {
    /// Path within the folder.
    package let name: String
    package let boxes: [TrueBox]
}

/// Where a face or a plate really is.
package struct TrueBox: Sendable {
    package let subject: Redaction.Subject
    package let area: Area
    /// Whether it surrounds several that nobody has drawn: what is found in it counts neither way.
    package let isCrowd: Bool

    package init(subject: Redaction.Subject, area: Area, isCrowd: Bool = false) {
        self.subject = subject
        self.area = area
        self.isCrowd = isCrowd
    }

    /// What boxes are told apart by, pixels: a face's height, a plate's width.
    package var size: Double { subject == .face ? area.height : area.width }
}

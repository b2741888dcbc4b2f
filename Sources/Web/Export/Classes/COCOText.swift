import Catalogue
import Domain
import Foundation

/// Images and annotations as COCO's data format has them, each numbered from 1. Sizes and places are in pixels of the
/// picture as displayed, which is `hd.jpg` turned as its tag says.
struct COCOText {
    let schemes: [ClassScheme]
    let categories: COCOCategories
    private let baseURL: String
    private var images = 0
    private var annotations = 0

    init(schemes: [ClassScheme], baseURL: String) {
        self.schemes = schemes
        self.baseURL = baseURL
        categories = COCOCategories(schemes)
    }

    /// The beginning, as far as the first image.
    func begin(_ title: String) -> [UInt8] {
        let info: JSON = [
            "description": .string(title), "url": .string(baseURL), "version": "1.0", "contributor": "Wayside",
            "date_created": .string(RFC3339.string(.now)),
        ]
        return Array(
            #"{"info":\#(info.text),"licenses":[],"categories":\#(categories.json.text),"images":["#.utf8)
    }

    /// Adds a picture of which something was said; another one adds nothing.
    mutating func add(_ entry: ExportCursor.Entry, to pictures: inout [UInt8], boxes: inout [UInt8]) {
        let picture = entry.item.picture
        let said = schemes.compactMap { SaidClasses(entry.item, in: $0) }
        guard let tags = picture.tags, !said.isEmpty else { return }
        if images > 0 { pictures += ",\n".utf8 }
        images += 1
        let links = ExportLinksOfPicture(picture, baseURL: baseURL)
        let values = said.flatMap { each in each.classes.map { (scheme: each.scheme, each: $0) } }
        let image: JSON = [
            "id": .int(images), "width": .int(tags.width), "height": .int(tags.height),
            "file_name": .string(ZipBody.name(entry)), "coco_url": .optional(links.picture),
            "date_captured": .string(RFC3339.string(tags.capturedAt)),
            "tags": .array(values.map { .string("\($0.scheme.key)=\($0.each.value)") }),
            "category_ids": .array(
                values.compactMap { pair in categories.number(of: pair.each, in: pair.scheme).map { .int($0) } }),
            "picture_id": .string(picture.id.string), "sequence_id": .optional(picture.sequenceID?.string),
        ]
        image.write(to: &pictures)
        for each in said {
            for box in each.boxes { add(box, each.scheme, to: &boxes) }
        }
    }

    private mutating func add(_ box: SaidClasses.Box, _ scheme: ClassScheme, to output: inout [UInt8]) {
        let bounds = box.region.shape.bounds
        for number in box.classes.compactMap({ categories.number(of: $0, in: scheme) }) {
            if annotations > 0 { output += ",\n".utf8 }
            annotations += 1
            let annotation: JSON = [
                "id": .int(annotations), "image_id": .int(images), "category_id": .int(number),
                "bbox": .array(
                    [bounds.left, bounds.top, bounds.width, bounds.height].map { .rounded($0, places: 2) }),
                "area": .rounded(box.region.shape.area, places: 2),
                "segmentation": [
                    .array(
                        box.region.shape.points.flatMap {
                            [JSON.rounded($0.x, places: 2), JSON.rounded($0.y, places: 2)]
                        })
                ],
                "iscrowd": 0, "annotation_id": .string(box.region.id.string),
            ]
            annotation.write(to: &output)
        }
    }
}

extension Polygon {
    /// In squares of its unit (the shoelace formula).
    fileprivate var area: Double {
        let sum = points.indices.reduce(0) { sum, index in
            let (from, to) = (points[index], points[(index + 1) % points.count])
            return sum + from.x * to.y - to.x * from.y
        }
        return abs(sum) / 2
    }
}

import Catalogue
import Domain

/// A table with a line for each class of a picture and for each box, as `CSVText` writes it. A picture that was looked
/// through and has no box has a line without a class.
struct ClassTableText: ExportText {
    let schemes: [ClassScheme]
    let baseURL: String

    private static let names = [
        "id", "sequence_id", "sequence", "rank", "captured_at", "longitude", "latitude", "width", "height", "scheme",
        "key", "class", "x", "y", "box_width", "box_height", "file", "page", "picture",
    ]

    mutating func begin(_ output: inout [UInt8]) {
        output += [0xEF, 0xBB, 0xBF]
        CSVText.write(Self.names, to: &output)
    }

    mutating func add(_ entry: ExportCursor.Entry, to output: inout [UInt8]) {
        for said in schemes.compactMap({ SaidClasses(entry.item, in: $0) }) {
            for each in said.classes { write(entry, said.scheme, each, nil, to: &output) }
            for box in said.boxes {
                for each in box.classes { write(entry, said.scheme, each, box.region.shape, to: &output) }
            }
            if said.classes.isEmpty, said.boxes.isEmpty { write(entry, said.scheme, nil, nil, to: &output) }
        }
    }

    mutating func end(_ output: inout [UInt8]) {}

    private func write(
        _ entry: ExportCursor.Entry, _ scheme: ClassScheme, _ each: PictureClass?, _ shape: Polygon?,
        to output: inout [UInt8]
    ) {
        let picture = entry.item.picture
        guard let tags = picture.tags else { return }
        let links = ExportLinksOfPicture(picture, baseURL: baseURL)
        let box = shape?.bounds
        let corners: [String] = [box?.left, box?.top, box?.width, box?.height].map { side in
            side.map { DecimalText.text($0, places: 2) } ?? ""
        }
        let start: [String] = [
            picture.id.string, picture.sequenceID?.string ?? "", CSVText.text(entry.sequence?.sequence.title),
            picture.rank.map { "\($0)" } ?? "", RFC3339.string(tags.capturedAt),
            DecimalText.degrees(tags.position.longitude), DecimalText.degrees(tags.position.latitude),
            "\(tags.width)", "\(tags.height)", CSVText.text(scheme.name), CSVText.text(scheme.key),
            CSVText.text(each?.value),
        ]
        let end: [String] = [ZipBody.name(entry), links.page, links.picture ?? ""]
        CSVText.write(start + corners + end, to: &output)
    }
}

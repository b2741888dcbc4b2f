import Catalogue
import Domain

/// A table with a line for each picture (RFC 4180).
///
/// A byte order mark comes first, since Excel takes the file for Latin-1 without it; other readers know it
/// (`utf-8-sig` in Python). Text that a spreadsheet would take for a formula gets an apostrophe before it.
struct CSVText: ExportText {
    private let baseURL: String

    init(baseURL: String) { self.baseURL = baseURL }

    private static let names = [
        "id", "sequence_id", "sequence", "rank", "captured_at", "longitude", "latitude", "altitude", "heading", "pitch",
        "roll", "field_of_view", "horizontal_accuracy", "type", "make", "model", "width", "height", "producer",
        "camera_label", "visibility", "original_name", "page", "picture",
    ]

    mutating func begin(_ output: inout [UInt8]) {
        output += [0xEF, 0xBB, 0xBF]
        Self.write(Self.names, to: &output)
    }

    mutating func add(_ entry: ExportCursor.Entry, to output: inout [UInt8]) {
        let (item, picture) = (entry.item, entry.item.picture)
        guard let tags = picture.tags else { return }
        let links = ExportLinksOfPicture(picture, baseURL: baseURL)
        Self.write(
            [
                picture.id.string, picture.sequenceID?.string ?? "", Self.text(entry.sequence?.sequence.title),
                picture.rank.map { "\($0)" } ?? "", RFC3339.string(tags.capturedAt),
                DecimalText.degrees(tags.position.longitude), DecimalText.degrees(tags.position.latitude),
                Self.number(tags.altitude), Self.number(picture.heading), Self.number(tags.pitch),
                Self.number(tags.roll), Self.number(tags.fieldOfView), Self.number(tags.horizontalAccuracy),
                tags.type.rawValue, Self.text(tags.make), Self.text(tags.model), "\(tags.width)", "\(tags.height)",
                Self.text(item.producer), Self.text(item.label), picture.visibility.rawValue,
                Self.text(picture.originalName), links.page, links.picture ?? "",
            ], to: &output)
    }

    mutating func end(_ output: inout [UInt8]) {}

    private static func number(_ value: Double?) -> String { value.map { DecimalText.text($0, places: 6) } ?? "" }

    /// Text from outside, never a formula.
    static func text(_ value: String?) -> String {
        guard let value, let first = value.unicodeScalars.first else { return "" }
        return "=+-@\t\r\n|%".unicodeScalars.contains(first) ? "'\(value)" : value
    }

    /// One line.
    static func write(_ cells: [String], to output: inout [UInt8]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            let needsQuotes = cell.utf8.contains { [0x0A, 0x0D, 0x22, 0x2C, 0x3B].contains($0) }
            output += needsQuotes ? "\"\(cell.replacing("\"", with: "\"\""))\"".utf8 : cell.utf8
        }
        output += [0x0D, 0x0A]
    }
}

import Catalogue
import Domain
import Foundation

/// GPX 1.1: a track for each sequence, a point for each picture.
struct GPXText: ExportText {
    private let baseURL: String
    private let title: String
    private let moment: Date
    /// The sequence whose track is being written.
    private var current: SequenceID?

    init(title: String, baseURL: String, at moment: Date = .now) {
        self.title = title
        self.baseURL = baseURL
        self.moment = moment
    }

    mutating func begin(_ output: inout [UInt8]) {
        output +=
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <gpx version="1.1" creator="Wayside" xmlns="http://www.topografix.com/GPX/1/1" \
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.topografix.com/GPX/1/1 \
            http://www.topografix.com/GPX/1/1/gpx.xsd">
            <metadata><name>\(XMLText.escape(title))</name><time>\(RFC3339.string(moment))</time></metadata>

            """.utf8
    }

    mutating func add(_ entry: ExportCursor.Entry, to output: inout [UInt8]) {
        let picture = entry.item.picture
        guard let tags = picture.tags, let sequence = picture.sequenceID else { return }
        if sequence != current {
            close(&output)
            open(sequence, entry, &output)
        }
        let elevation = tags.altitude.map { "<ele>\(DecimalText.text($0, places: 3))</ele>" } ?? ""
        let place = tags.position
        output +=
            """
            <trkpt lat="\(DecimalText.degrees(place.latitude))" lon="\(DecimalText.degrees(place.longitude))">\
            \(elevation)<time>\(RFC3339.string(tags.capturedAt))</time>\
            <link href="\(XMLText.escape(ExportLinksOfPicture(picture, baseURL: baseURL).page))"/></trkpt>

            """.utf8
    }

    mutating func end(_ output: inout [UInt8]) {
        close(&output)
        output += "</gpx>\n".utf8
    }

    private mutating func open(_ id: SequenceID, _ entry: ExportCursor.Entry, _ output: inout [UInt8]) {
        current = id
        let name = entry.sequence?.sequence.title ?? id.string
        output +=
            """
            <trk><name>\(XMLText.escape(name))</name><src>\(XMLText.escape(entry.item.label))</src>\
            <link href="\(XMLText.escape("\(baseURL)/sequences/\(id)"))"/><trkseg>

            """.utf8
    }

    private mutating func close(_ output: inout [UInt8]) {
        if current != nil { output += "</trkseg></trk>\n".utf8 }
        current = nil
    }
}

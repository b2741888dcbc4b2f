import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Sequences as a feed: RSS 2.0 with GeoRSS-Simple, where a point is latitude before longitude.
struct CollectionFeed {
    let summaries: [SequenceSummary]
    let instance: String
    let language: Language
    let baseURL: String
    let url: String

    var response: Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "application/rss+xml; charset=utf-8", .cacheControl: "private, no-cache",
                .vary: "Cookie, Authorization, Accept",
            ], body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    private var text: String {
        let updated = summaries.map(\.sequence.updatedAt).max()
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" \
            xmlns:georss="http://www.georss.org/georss">
            <channel>
            <title>\(Self.escaped(instance))</title>
            <link>\(Self.escaped(baseURL))/</link>
            <description>\(Self.escaped(instance))</description>
            <language>\(language.rawValue)</language>
            <generator>Wayside</generator>
            \(updated.map { "<lastBuildDate>\(HTTPDate.string($0))</lastBuildDate>\n" } ?? "")\
            <atom:link href="\(Self.escaped(url))" rel="self" type="application/rss+xml"/>
            \(summaries.map(entry).joined(separator: "\n"))
            </channel>
            </rss>

            """
    }

    private func entry(_ summary: SequenceSummary) -> String {
        let sequence = summary.sequence
        let words = language == .french ? "photos" : "pictures"
        return """
            <item>
            <title>\(Self.escaped(sequence.title))</title>
            <link>\(Self.escaped("\(baseURL)/sequences/\(sequence.id)"))</link>
            <description>\(Self.escaped("\(summary.producer) · \(summary.pictures) \(words)"))</description>
            <dc:creator>\(Self.escaped(summary.producer))</dc:creator>
            <pubDate>\(HTTPDate.string(sequence.createdAt))</pubDate>
            <guid isPermaLink="false">\(sequence.id)</guid>
            \(summary.box.map(Self.place) ?? "")</item>
            """
    }

    /// The middle of the sequence.
    private static func place(_ box: BoundingBox) -> String {
        let latitude = (box.south + box.north) / 2
        var longitude = (box.west + box.east) / 2
        // Across the antimeridian the east end lies west of the west end.
        if box.west > box.east { longitude += longitude > 0 ? -180 : 180 }
        return "<georss:point>\(degrees(latitude)) \(degrees(longitude))</georss:point>\n"
    }

    private static func degrees(_ value: Double) -> String { JSON.rounded(value, places: 7).text }

    /// Text of an element or attribute (XML 1.0 §2.2 and §2.4): what no document may hold is left out.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n", "\r": result += " "
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": break
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

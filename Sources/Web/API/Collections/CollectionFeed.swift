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
    let words: PageWords
    let baseURL: String
    let url: String

    var response: Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "application/rss+xml; charset=utf-8", .cacheControl: "private, no-cache",
                .vary: "Cookie, Authorization, Accept, Accept-Language",
            ], body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    private var text: String {
        let updated = summaries.map(\.sequence.updatedAt).max()
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" \
            xmlns:georss="http://www.georss.org/georss">
            <channel>
            <title>\(XMLText.escape(instance))</title>
            <link>\(XMLText.escape(baseURL))/</link>
            <description>\(XMLText.escape(instance))</description>
            <language>\(words.language.rawValue)</language>
            <generator>Wayside</generator>
            \(updated.map { "<lastBuildDate>\(HTTPDate.string($0))</lastBuildDate>\n" } ?? "")\
            <atom:link href="\(XMLText.escape(url))" rel="self" type="application/rss+xml"/>
            \(summaries.map(entry).joined(separator: "\n"))
            </channel>
            </rss>

            """
    }

    private func entry(_ summary: SequenceSummary) -> String {
        let sequence = summary.sequence
        return """
            <item>
            <title>\(XMLText.escape(sequence.title))</title>
            <link>\(XMLText.escape("\(baseURL)/sequences/\(sequence.id)"))</link>
            <description>\(XMLText.escape("\(summary.producer) · \(words("upload.pictures", count: summary.pictures))"))</description>
            <dc:creator>\(XMLText.escape(summary.producer))</dc:creator>
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
}

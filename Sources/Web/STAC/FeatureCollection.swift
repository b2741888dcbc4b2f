import Catalogue
import Hummingbird

/// A page of items (RFC 7946 §3.3 with STAC's links).
struct FeatureCollection {
    let items: [PictureItem]
    let links: [Link]
    let baseURL: String
    var matched: Int?
    /// Nil: all of each item.
    var fields: FieldSelection?

    /// Written as it comes: a page held as one value would cost more than all the rest.
    var response: Response {
        var writer = JSONWriter(capacity: Self.usualSize * (items.count + 1))
        writer.object { page in
            page.add("type", "FeatureCollection")
            page.add("features", each: items) { add($0, to: &$1) }
            page.add("links", each: links) { $0.write(into: &$1) }
            page.add("numberReturned", .int(items.count))
            page.add("numberMatched", matched.map { .int($0) })
        }
        return .json(text: writer.bytes, type: "application/geo+json; charset=utf-8")
    }

    /// Bytes of an item, more or less.
    private static let usualSize = 6000

    private func add(_ item: PictureItem, to writer: inout JSONWriter) {
        let document = ItemDocument(item: item, baseURL: baseURL)
        guard let fields else { return document.write(into: &writer) }
        for member in fields.apply(to: document.json).asObject?.members ?? [] { writer.add(member.name, member.value) }
    }
}

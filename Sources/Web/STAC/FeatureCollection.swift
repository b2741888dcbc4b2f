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

    /// Written item by item: a page of them held as one value would cost more than all the rest.
    var response: Response {
        var text: [UInt8] = []
        text.reserveCapacity(Self.usualSize * (items.count + 1))
        text += #"{"type":"FeatureCollection","features":["#.utf8
        for (index, item) in items.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            document(of: item).write(to: &text)
        }
        text += "],".utf8
        var rest: JSONObject = ["links": .links(links), "numberReturned": .int(items.count)]
        if let matched { rest["numberMatched"] = .int(matched) }
        text += JSON.object(rest).bytes.dropFirst()
        return .json(text: text, type: "application/geo+json; charset=utf-8")
    }

    /// Bytes of an item, more or less.
    private static let usualSize = 6000

    private func document(of item: PictureItem) -> JSON {
        let whole = ItemDocument(item: item, baseURL: baseURL).json
        return fields?.apply(to: whole) ?? whole
    }
}

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

    var response: Response {
        var object: JSONObject = [
            "type": "FeatureCollection",
            "features": .array(
                items.map { item in
                    let document = ItemDocument(item: item, baseURL: baseURL).json
                    return fields?.apply(to: document) ?? document
                }),
            "links": .links(links), "numberReturned": .int(items.count),
        ]
        if let matched { object["numberMatched"] = .int(matched) }
        return .geoJSON(.object(object))
    }
}

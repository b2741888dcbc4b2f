import Catalogue
import Hummingbird

/// A page of items (RFC 7946 §3.3 with STAC's links).
struct FeatureCollection {
    let items: [PictureItem]
    let links: [Link]
    let baseURL: String
    var matched: Int?

    var response: Response {
        var object: JSONObject = [
            "type": "FeatureCollection",
            "features": .array(items.map { ItemDocument(item: $0, baseURL: baseURL).json }),
            "links": .links(links), "numberReturned": .int(items.count),
        ]
        if let matched { object["numberMatched"] = .int(matched) }
        return .geoJSON(.object(object))
    }
}

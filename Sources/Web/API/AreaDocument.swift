import Catalogue
import Domain

/// An area on the wire: a GeoJSON Feature (RFC 7946 §3.2).
struct AreaDocument {
    let area: ExcludedArea

    var object: JSONObject {
        let polygons = area.shape.coordinates.map { rings -> JSON in
            .array(rings.map { ring in .array(ring.map { .array($0.map(JSON.double)) }) })
        }
        let isOne = polygons.count == 1
        return [
            "type": "Feature", "id": .string(area.id.string),
            "geometry": [
                "type": isOne ? "Polygon" : "MultiPolygon", "coordinates": isOne ? polygons[0] : .array(polygons),
            ],
            "properties": [
                "label": .string(area.label), "is_public": .bool(area.isPublic),
                "is_allowed": .bool(area.kind == .allowed), "created": .string(RFC3339.string(area.createdAt)),
            ],
        ]
    }

    /// With what adding it did.
    func json(_ effect: AreaEffect) -> JSON { .object(Self.adding(effect, to: object)) }

    /// A FeatureCollection, with what putting it in place did.
    static func collection(_ areas: [ExcludedArea], _ effect: AreaEffect? = nil) -> JSON {
        let features = areas.map { JSON.object(AreaDocument(area: $0).object) }
        let collection: JSONObject = ["type": "FeatureCollection", "features": .array(features)]
        return .object(effect.map { adding($0, to: collection) } ?? collection)
    }

    /// Foreign members (RFC 7946 §6.1).
    private static func adding(_ effect: AreaEffect, to object: JSONObject) -> JSONObject {
        var object = object
        object["hidden_pictures"] = .int(effect.hidden)
        object["shown_pictures"] = .int(effect.shown)
        return object
    }
}

/// The tileset of all pictures (OGC 17-083r4 §9, tileset metadata).
struct TileSetDocument {
    let name: String
    let baseURL: String

    static let type = "application/vnd.mapbox-vector-tile"
    /// The relation of a list of vector tilesets.
    static let listRelation = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
    private static let schemeRelation = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"

    private var url: String { "\(baseURL)/api/map/tiles" }
    private var own: String { "\(url)/\(TileMatrixSet.id)" }

    /// All tilesets: one.
    var list: JSON {
        ["tilesets": [.object(summary)], "links": .links([Link(rel: "self", href: url)])]
    }

    var json: JSON {
        var object = summary
        object["layers"] = .array(TileContent.all.map(layer))
        return .object(object)
    }

    private var summary: JSONObject {
        [
            "title": .string(name), "dataType": "vector", "crs": .string(TileMatrixSet.crs),
            "tileMatrixSetURI": .string(TileMatrixSet.uri),
            "links": .links([
                Link(rel: "self", href: own),
                Link(rel: Self.schemeRelation, href: "\(baseURL)/api/tileMatrixSets/\(TileMatrixSet.id)"),
                Link(
                    rel: "item", href: "\(own)/{tileMatrix}/{tileRow}/{tileCol}", type: Self.type,
                    extra: ["templated": true]),
                Link(rel: "describedby", href: "\(baseURL)/api/map/tiles.json", title: "TileJSON"),
            ]),
        ]
    }

    private func layer(_ layer: TileContent) -> JSON {
        [
            "id": .string(layer.id), "description": .string(layer.description), "dataType": "vector",
            "geometryDimension": .int(layer.dimension), "minTileMatrix": .string(String(layer.zooms.lowerBound)),
            "maxTileMatrix": .string(String(layer.zooms.upperBound)),
            "propertiesSchema": [
                "type": "object",
                "properties": .object(
                    JSONObject(
                        members: layer.fields.map {
                            .init(name: $0.name, value: ["type": .string($0.type.lowercased())])
                        })),
            ],
        ]
    }
}

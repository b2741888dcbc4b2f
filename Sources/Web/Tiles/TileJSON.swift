import Domain

/// What a client has to know of the vector tiles (TileJSON 3.0.0).
struct TileJSON {
    let name: String
    /// The address of a tile, its place in braces.
    let tiles: String

    var json: JSON {
        let edge = Morton.maximumLatitude
        return [
            "tilejson": "3.0.0", "name": .string(name), "tiles": [.string(tiles)], "scheme": "xyz",
            "minzoom": .int(TileAddress.zooms.lowerBound), "maxzoom": .int(TileAddress.zooms.upperBound),
            "bounds": [-180, .double(-edge), 180, .double(edge)],
            "vector_layers": .array(
                TileContent.all.map { layer in
                    [
                        "id": .string(layer.id), "description": .string(layer.description),
                        "minzoom": .int(layer.zooms.lowerBound), "maxzoom": .int(layer.zooms.upperBound),
                        "fields": .object(
                            JSONObject(members: layer.fields.map { .init(name: $0.name, value: .string($0.type)) })),
                    ]
                }),
        ]
    }
}

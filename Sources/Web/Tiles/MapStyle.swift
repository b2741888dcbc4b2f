/// A MapLibre style (version 8) of the vector tiles, for clients that bring their own base map.
struct MapStyle {
    let name: String
    /// The address of a tile, its place in braces.
    let tiles: String

    var json: JSON {
        [
            "version": 8, "name": .string(name),
            "metadata": ["panoramax:fields": .object(JSONObject(members: TileContent.all.map(Self.fields)))],
            "sources": [
                "wayside": [
                    "type": "vector", "tiles": [.string(tiles)], "minzoom": 0,
                    "maxzoom": .int(TileAddress.zooms.upperBound),
                ]
            ],
            "layers": [
                [
                    "id": "wayside_grid", "type": "fill", "source": "wayside", "source-layer": "grid", "maxzoom": 7,
                    "paint": [
                        "fill-color": "#d95f02",
                        "fill-opacity": [
                            "interpolate", ["linear"], ["get", "coef"], 0, .double(0.15), 1, .double(0.8),
                        ],
                    ],
                ],
                [
                    "id": "wayside_sequences", "type": "line", "source": "wayside", "source-layer": "sequences",
                    "minzoom": 6, "layout": ["line-cap": "round", "line-join": "round"],
                    "paint": [
                        "line-color": "#d95f02",
                        "line-width": ["interpolate", ["linear"], ["zoom"], 6, 1, 14, 3, 18, 6],
                    ],
                ],
                [
                    "id": "wayside_pictures", "type": "circle", "source": "wayside", "source-layer": "pictures",
                    "minzoom": 15,
                    "paint": [
                        "circle-color": "#d95f02", "circle-stroke-color": "#ffffff", "circle-stroke-width": 1,
                        "circle-radius": ["interpolate", ["linear"], ["zoom"], 15, 3, 17, 6],
                    ],
                ],
            ],
        ]
    }

    private static func fields(_ layer: TileContent) -> JSONObject.Member {
        .init(name: layer.id, value: .array(layer.fields.map { .string($0.name) }))
    }
}

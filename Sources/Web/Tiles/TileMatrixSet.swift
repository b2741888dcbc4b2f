/// The tile matrix set WebMercatorQuad (OGC 17-083r4, annex D.1), as far as tiles are served.
enum TileMatrixSet {
    static let id = "WebMercatorQuad"
    static let uri = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
    static let crs = "http://www.opengis.net/def/crs/EPSG/0/3857"
    private static let title = "Google Maps Compatible for the World"
    /// Half the world's width, metres.
    private static let edge = 20_037_508.342_789_2
    /// Metres in a pixel at zoom 0, of 256.
    private static let cell = 2 * edge / 256
    /// Metres of a pixel of the standard's screen.
    private static let pixel = 0.000_28

    static func list(baseURL: String) -> JSON {
        let url = "\(baseURL)/api/tileMatrixSets"
        return [
            "tileMatrixSets": [
                [
                    "id": .string(id), "title": .string(title), "uri": .string(uri), "crs": .string(crs),
                    "links": .links([Link(rel: "self", href: "\(url)/\(id)")]),
                ]
            ],
            "links": .links([Link(rel: "self", href: url)]),
        ]
    }

    static var definition: JSON {
        [
            "id": .string(id), "title": .string(title), "uri": .string(uri), "crs": .string(crs),
            "orderedAxes": ["X", "Y"],
            "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
            "tileMatrices": .array(TileAddress.zooms.map(matrix)),
        ]
    }

    private static func matrix(_ zoom: Int) -> JSON {
        let size = cell / Double(1 << zoom)
        return [
            "id": .string(String(zoom)), "scaleDenominator": .double(size / pixel), "cellSize": .double(size),
            "cornerOfOrigin": "topLeft", "pointOfOrigin": [.double(-edge), .double(edge)], "tileWidth": 256,
            "tileHeight": 256, "matrixWidth": .int(1 << zoom), "matrixHeight": .int(1 << zoom),
        ]
    }
}

import Domain

/// How a panorama is cut into tiles.
struct TileMatrix {
    let columns: Int
    let rows: Int
    /// Pixels of the first tile.
    let tileWidth: Int
    let tileHeight: Int

    /// Nil when there are no tiles.
    init?(derivatives: [Derivative]) {
        var columns = 0
        var rows = 0
        var first: Derivative?
        for derivative in derivatives {
            guard case .tile(let column, let row) = derivative.kind else { continue }
            columns = max(columns, column + 1)
            rows = max(rows, row + 1)
            if column == 0, row == 0 { first = derivative }
        }
        guard let first else { return nil }
        self.columns = columns
        self.rows = rows
        tileWidth = first.width
        tileHeight = first.height
    }

    /// OGC Two Dimensional Tile Matrix Set, as the tiled-assets extension wants it.
    func json(id: PictureID) -> JSON {
        [
            "geovisio": [
                "type": "TileMatrixSetType", "title": "Panorama", "identifier": .string("geovisio-\(id)"),
                "tileMatrix": [
                    [
                        "type": "TileMatrixType", "identifier": "0", "scaleDenominator": 1, "topLeftCorner": [0, 0],
                        "tileWidth": .int(tileWidth), "tileHeight": .int(tileHeight), "matrixWidth": .int(columns),
                        "matrixHeight": .int(rows),
                    ]
                ],
            ]
        ]
    }
}

import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// The vector tiles as OGC API – Tiles 1.0 (OGC 20-057) has them: one tileset in the tile matrix set WebMercatorQuad.
struct TileSetRoutes: Sendable {
    let services: WebServices
    let tiles: TileRoutes

    func add(to router: Router<WebContext>) {
        let reader = router.group(context: ReaderContext.self)
        reader.get("api/tileMatrixSets") { _, context in Response.json(TileMatrixSet.list(baseURL: context.baseURL)) }
        reader.get("api/tileMatrixSets/:tileMatrixSet") { _, context in
            try requireKnown(context)
            return Response.json(TileMatrixSet.definition)
        }
        reader.get("api/map/tiles") { _, context in Response.json(document(context).list) }
        reader.get("api/map/tiles/:tileMatrixSet") { _, context in
            try requireKnown(context)
            return Response.json(document(context).json)
        }
        reader.get("api/map/tiles/:tileMatrixSet/:tileMatrix/:tileRow/:tileCol") { request, context in
            try requireKnown(context)
            return try await tiles.tile(
                request, context, choice: MapTile.Choice(), z: "tileMatrix", x: "tileCol", y: "tileRow")
        }
    }

    private func document(_ context: ReaderContext) -> TileSetDocument {
        TileSetDocument(name: services.instanceName, baseURL: context.baseURL)
    }

    private func requireKnown(_ context: ReaderContext) throws {
        guard context.parameters.get("tileMatrixSet") == TileMatrixSet.id else {
            throw Failure.notFound("tile matrix set")
        }
    }
}

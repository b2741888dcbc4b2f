import Catalogue
import Domain

/// One layer of a tile alone.
extension MapStore {
    package func pictures(
        z: Int, x: Int, y: Int, choice: MapTile.Choice = .init(), atMost most: Int = .max, viewer: Viewer
    ) async throws -> [MapPicture] {
        let tile = MapTile(z: z, x: x, y: y, choice: choice, layers: [.pictures(atMost: most)])
        return try await drawing(of: tile, viewer: viewer).drawing?.pictures ?? []
    }

    package func sequences(
        z: Int, x: Int, y: Int, choice: MapTile.Choice = .init(), viewer: Viewer
    ) async throws -> [MapSequence] {
        let tile = MapTile(z: z, x: x, y: y, choice: choice, layers: [.sequences])
        return try await drawing(of: tile, viewer: viewer).drawing?.sequences ?? []
    }

    package func grid(
        z: Int, x: Int, y: Int, choice: MapTile.Choice = .init(), viewer: Viewer
    ) async throws -> [MapCell] {
        let tile = MapTile(z: z, x: x, y: y, choice: choice, layers: [.grid])
        return try await drawing(of: tile, viewer: viewer).drawing?.cells ?? []
    }
}

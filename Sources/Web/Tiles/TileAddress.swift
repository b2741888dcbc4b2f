import Domain
import Foundation

/// Zoom, column and row of a Web Mercator tile, and how places fall into it.
package struct TileAddress: Hashable, Sendable {
    /// The last is for towns with so many pictures that zoom 15 cannot show all of them.
    static let zooms = 0...17

    let z: Int
    let x: Int
    let y: Int

    /// Nil outside the world or the zooms that are served.
    package init?(z: Int, x: Int, y: Int) {
        guard Self.zooms.contains(z), (0..<(1 << z)).contains(x), (0..<(1 << z)).contains(y) else { return nil }
        self.z = z
        self.x = x
        self.y = y
    }

    /// The point in tile units; outside 0..<4096 for places outside the tile.
    func point(of place: MapPoint) -> (x: Double, y: Double) {
        // Cells of zoom 31, and 2¹² units in a tile.
        let scale = 1 / Double(1 << (Morton.zoom - z - 12))
        let extent = Double(TileLayer.extent)
        return (Double(place.x) * scale - Double(x) * extent, Double(place.y) * scale - Double(y) * extent)
    }
}

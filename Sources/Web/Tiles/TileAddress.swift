import Domain
import Foundation

/// Zoom, column and row of a Web Mercator tile, and how places fall into it.
struct TileAddress: Hashable {
    static let zooms = 0...15

    let z: Int
    let x: Int
    let y: Int

    /// Nil outside the world or the zooms that are served.
    init?(z: Int, x: Int, y: Int) {
        guard Self.zooms.contains(z), (0..<(1 << z)).contains(x), (0..<(1 << z)).contains(y) else { return nil }
        self.z = z
        self.x = x
        self.y = y
    }

    /// The point in tile units; outside 0..<4096 for places outside the tile.
    func point(of place: GeoPoint) -> (x: Double, y: Double) {
        let scale = Double(1 << z)
        let latitude = min(max(place.latitude, -Morton.maximumLatitude), Morton.maximumLatitude) * .pi / 180
        let column = (place.longitude + 180) / 360 * scale
        let row = (1 - asinh(tan(latitude)) / .pi) / 2 * scale
        let extent = Double(TileLayer.extent)
        return ((column - Double(x)) * extent, (row - Double(y)) * extent)
    }
}

import Domain
import Foundation

/// A Web Mercator cell by its Z-order code.
enum PlaceCell {
    static func columnAndRow(_ code: Int64) -> (x: Int, y: Int) {
        let bits = UInt64(bitPattern: code)
        return (Int(Morton.gathered(bits)), Int(Morton.gathered(bits >> 1)))
    }

    /// The box of tile `z/x/y`, wider by `margin` (a share of its width) on each side.
    static func box(z: Int, x: Int, y: Int, margin: Double) -> BoundingBox {
        let tiles = Double(1 << z)
        func longitude(_ column: Double) -> Double { min(max(column / tiles * 360 - 180, -180), 180) }
        func latitude(_ row: Double) -> Double {
            // The outermost rows reach the poles: what lies beyond Web Mercator is counted at its edge.
            guard row > 0 else { return 90 }
            guard row < tiles else { return -90 }
            return atan(sinh(.pi * (1 - 2 * row / tiles))) * 180 / .pi
        }
        return BoundingBox(
            west: longitude(Double(x) - margin), south: latitude(Double(y + 1) + margin),
            east: longitude(Double(x + 1) + margin), north: latitude(Double(y) - margin))
    }
}

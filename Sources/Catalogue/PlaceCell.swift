import Domain
import Foundation

/// A Web Mercator cell by its Z-order code.
enum PlaceCell {
    static func columnAndRow(_ code: Int64) -> (x: Int, y: Int) {
        let bits = UInt64(bitPattern: code)
        return (Int(gather(bits)), Int(gather(bits >> 1)))
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

    /// Every second bit, put together.
    private static func gather(_ value: UInt64) -> UInt64 {
        var v = value & 0x5555_5555_5555_5555
        v = (v | (v >> 1)) & 0x3333_3333_3333_3333
        v = (v | (v >> 2)) & 0x0F0F_0F0F_0F0F_0F0F
        v = (v | (v >> 4)) & 0x00FF_00FF_00FF_00FF
        v = (v | (v >> 8)) & 0x0000_FFFF_0000_FFFF
        v = (v | (v >> 16)) & 0x0000_0000_FFFF_FFFF
        return v
    }
}

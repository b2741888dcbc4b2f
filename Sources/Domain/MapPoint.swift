/// A place as column and row of its Web Mercator cell at zoom 31: 2 cm at the equator, and no trigonometry to draw it.
package struct MapPoint: Hashable, Sendable {
    package let x: UInt32
    package let y: UInt32

    package init(x: UInt32, y: UInt32) {
        self.x = x
        self.y = y
    }

    package init(_ place: GeoPoint) { (x, y) = Morton.cell(place) }

    /// The place of a Z-order code.
    package init(code: Int64) {
        let bits = UInt64(bitPattern: code)
        x = UInt32(truncatingIfNeeded: Morton.gathered(bits))
        y = UInt32(truncatingIfNeeded: Morton.gathered(bits >> 1))
    }

    /// The Z-order code of the cell.
    package var code: Int64 { Morton.code(x: x, y: y) }
}

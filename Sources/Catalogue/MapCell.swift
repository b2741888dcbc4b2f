import Domain

/// A cell of the overview grid.
package struct MapCell: Hashable, Sendable {
    /// Column and row at zoom `z + 5`.
    package let x: Int
    package let y: Int
    package let flat: Int
    package let equirectangular: Int

    package init(x: Int, y: Int, flat: Int, equirectangular: Int) {
        self.x = x
        self.y = y
        self.flat = flat
        self.equirectangular = equirectangular
    }
}

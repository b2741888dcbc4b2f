/// How a panorama is cut for the viewer: the columns that Panoramax's tile matrix knows, half as many rows.
package struct TileGrid: Hashable, Sendable {
    package let size: PixelSize
    package let columns: Int
    package var rows: Int { columns / 2 }

    /// `size`: the panorama as displayed.
    package init(of size: PixelSize) {
        self.size = size
        columns = [64, 32, 16, 8].first { $0 <= size.width / 512 } ?? 4
    }

    /// The tiles cover the picture without gap; where it does not divide evenly they differ by a pixel.
    package func area(column: Int, row: Int) -> PixelRectangle {
        let left = size.width * column / columns, right = size.width * (column + 1) / columns
        let top = size.height * row / rows, bottom = size.height * (row + 1) / rows
        return PixelRectangle(x: left, y: top, width: right - left, height: bottom - top)
    }
}

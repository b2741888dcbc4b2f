/// Where the tiles of one size lie that cover a part of a level, evenly spread.
package struct TilePlan: Sendable {
    /// Where colour samples begin at any subsampling.
    private static let step = 4

    package let tile: PixelSize
    package let origins: [Origin]

    package struct Origin: Hashable, Sendable {
        package let x: Int
        package let y: Int
    }

    /// `area`: pixels of the level; `overlap`: pixels that neighbours share, give or take a few for the colour samples.
    /// A tile may reach beyond a part that is smaller than it.
    package init(covering area: PixelRectangle, tile: Int, overlap: Int) {
        self.tile = PixelSize(width: tile, height: tile)
        let columns = Self.starts(from: area.x, length: area.width, tile: tile, overlap: overlap)
        let rows = Self.starts(from: area.y, length: area.height, tile: tile, overlap: overlap)
        origins = rows.flatMap { y in columns.map { Origin(x: $0, y: y) } }
    }

    /// The side whose tiles cover the area with the fewest pixels.
    package static func cheapestSide(among sides: [Int], covering area: PixelRectangle, overlap: Int) -> Int {
        func pixels(_ side: Int) -> Int {
            TilePlan(covering: area, tile: side, overlap: overlap).origins.count * side * side
        }
        return sides.min { pixels($0) < pixels($1) } ?? 0
    }

    private static func starts(from first: Int, length: Int, tile: Int, overlap: Int) -> [Int] {
        guard length > tile else { return [first / step * step] }
        let stride = tile - overlap
        let count = (length - tile + stride - 1) / stride + 1
        return (0..<count).map { index in
            let exact = first + index * (length - tile) / max(1, count - 1)
            let rounded = exact / step * step
            // The last one ends where the part ends.
            return index == count - 1 ? (exact + step - 1) / step * step : rounded
        }
    }
}

/// Where the tiles of one size lie that cover a part of a level, evenly spread.
package struct TilePlan: Sendable {
    /// Tiles begin where colour samples do at any subsampling, at the smaller levels and at those in between.
    private static let step = 8

    package let tile: PixelSize
    package let origins: [Origin]

    package struct Origin: Hashable, Sendable {
        package let x: Int
        package let y: Int
    }

    /// `area`: pixels of the level; `overlap`: pixels that neighbours share, give or take a few for the colour samples.
    /// A tile may reach beyond a part that is smaller than it.
    package init(covering area: PixelRectangle, tile: PixelSize, overlap: Int) {
        self.tile = tile
        let columns = Self.starts(from: area.x, length: area.width, tile: tile.width, overlap: overlap)
        let rows = Self.starts(from: area.y, length: area.height, tile: tile.height, overlap: overlap)
        origins = rows.flatMap { y in columns.map { Origin(x: $0, y: y) } }
    }

    /// As few tiles as fit, none of whose sides is longer than `longest`, and just large enough: so hardly a pixel is asked
    /// about twice but for the overlap.
    package init(covering area: PixelRectangle, longest: Int, overlap: Int) {
        let tile = PixelSize(
            width: Self.length(area.width, longest: longest, overlap: overlap),
            height: Self.length(area.height, longest: longest, overlap: overlap))
        self.init(covering: area, tile: tile, overlap: overlap)
    }

    /// How many pixels are asked about.
    package var pixels: Int { origins.count * tile.area }

    /// A multiple of 32, as the networks need.
    private static func length(_ length: Int, longest: Int, overlap: Int) -> Int {
        let count = max(1, (length - overlap + longest - overlap - 1) / (longest - overlap))
        // The colour samples may move a tile by up to their step.
        let exact = (length + (count - 1) * overlap + count - 1) / count + (count > 1 ? step : 0)
        return (exact + 31) / 32 * 32
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

import Domain

/// Keeps pictures of a tile few: one for each cell, and larger cells whenever there are still too many. They come in the
/// order of their codes, so that those of one cell follow each other.
struct MapThinning {
    private let most: Int
    private var shift: Int64

    /// - Parameter z: zoom of the tile; the finest cells are a pixel wide, of 256.
    init(most: Int, z: Int) {
        self.most = most
        shift = Int64(2 * max(0, Morton.zoom - z - 8))
    }

    /// Whether the picture of that code is one more, after those in `found`; takes away from them when it must.
    mutating func keeps(_ code: Int64, in found: inout [MapPicture]) -> Bool {
        while found.count >= most, shift < 2 * Int64(Morton.zoom) {
            shift += 2
            var last: Int64?
            found.removeAll { picture in
                defer { last = picture.point.code >> shift }
                return last == picture.point.code >> shift
            }
        }
        return found.last.map { $0.point.code >> shift != code >> shift } ?? true
    }
}

import DarkroomProtocol

/// The part of a picture that a model looks at in one pass, and where it comes to lie in the model's input.
package struct OwnWindow: Hashable, Sendable {
    /// What fills the rest of the input.
    static let grey: UInt8 = 114

    /// Pixels of the displayed picture; on a panorama it may reach beyond the right edge.
    package let area: PixelRectangle
    /// The part of the input that shows it, from the top left.
    package let shown: PixelSize

    init(_ area: PixelRectangle, _ input: ModelInput) {
        self.area = area
        switch input.fit {
        case .stretch: shown = PixelSize(width: input.width, height: input.height)
        case .letterbox:
            let factor = min(Double(input.width) / Double(area.width), Double(input.height) / Double(area.height))
            shown = PixelSize(
                width: min(input.width, max(1, Int((Double(area.width) * factor).rounded()))),
                height: min(input.height, max(1, Int((Double(area.height) * factor).rounded()))))
        }
    }

    /// From pixels of the input to pixels of the picture.
    package func placed(_ box: ModelBox) -> ModelBox {
        let across = Double(area.width) / Double(shown.width), down = Double(area.height) / Double(shown.height)
        var placed = box
        placed.x = Double(area.x) + box.x * across
        placed.y = Double(area.y) + box.y * down
        placed.width = box.width * across
        placed.height = box.height * down
        return placed
    }

    /// The windows of a picture of this size. A panorama is looked at a little beyond its right edge, where it goes on
    /// at the left one.
    package static func windows(of size: PixelSize, wraps: Bool, _ manifest: ModelManifest) -> [OwnWindow] {
        guard let tiling = manifest.tiling else { return [OwnWindow(size.whole, manifest.input)] }
        return tiling.scales.flatMap { scale -> [OwnWindow] in
            let width = max(1, Int(Double(tiling.tile) / scale))
            let height = max(1, width * manifest.input.height / manifest.input.width)
            let overlap = Int(Double(tiling.overlap) / scale)
            let top = Int(Double(size.height) * tiling.band[0]), bottom = Int(Double(size.height) * tiling.band[1])
            let beyond = wraps ? min(max(overlap, width / 4), size.width / 2) : 0
            let columns = starts(from: 0, length: size.width + beyond, tile: width, overlap: overlap)
            let rows = starts(from: top, length: max(1, bottom - top), tile: height, overlap: overlap)
            return rows.flatMap { y in
                columns.map { x in
                    let area = PixelRectangle(
                        x: x, y: y, width: min(width, size.width + beyond - x), height: min(height, size.height - y))
                    return OwnWindow(area, manifest.input)
                }
            }
        }
    }

    /// Where tiles begin that cover a length, evenly spread; the last one ends where the length ends.
    private static func starts(from first: Int, length: Int, tile: Int, overlap: Int) -> [Int] {
        guard length > tile else { return [first] }
        let stride = max(1, tile - overlap)
        let count = (length - tile + stride - 1) / stride + 1
        return (0..<count).map { first + $0 * (length - tile) / max(1, count - 1) }
    }
}

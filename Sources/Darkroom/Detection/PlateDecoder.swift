import Domain
import Foundation

/// Reads the plate net's lists: for each cell of three grids two square anchors, each with a probability and a box.
package struct PlateDecoder: Sendable {
    /// Pixels between cells, and the anchors' sides.
    private static let grids: [(stride: Int, anchors: [Double])] = [
        (8, [24, 48]), (16, [96, 192]), (32, [384, 768]),
    ]
    /// RetinaFace's variances: how the numbers were scaled in training.
    private static let middleScale = 0.1
    private static let sizeScale = 0.2

    package init() {}

    /// Boxes in pixels of the tile. `boxes` [1, n, 4]; `probabilities` [1, n, 2], background first.
    /// Empty when the shapes do not belong to a tile of this size.
    package func boxes(
        tile: PixelSize, boxes: NetworkOutput, probabilities: NetworkOutput, threshold: Float
    ) -> [Candidate] {
        guard boxes.values.count == Self.anchorCount(of: tile) * 4, probabilities.values.count * 2 == boxes.values.count
        else { return [] }
        var found: [Candidate] = []
        var first = 0
        for grid in Self.grids {
            let columns = Self.cells(tile.width, grid.stride), rows = Self.cells(tile.height, grid.stride)
            for index in first..<(first + columns * rows * 2) where probabilities.values[index * 2 + 1] >= threshold {
                let cell = (index - first) / 2, anchor = grid.anchors[(index - first) % 2], at = index * 4
                let middle = (
                    x: (Double(cell % columns) + 0.5) * Double(grid.stride),
                    y: (Double(cell / columns) + 0.5) * Double(grid.stride)
                )
                let x = middle.x + Self.middleScale * Double(boxes.values[at]) * anchor
                let y = middle.y + Self.middleScale * Double(boxes.values[at + 1]) * anchor
                let width = anchor * exp(Self.sizeScale * Double(boxes.values[at + 2]))
                let height = anchor * exp(Self.sizeScale * Double(boxes.values[at + 3]))
                guard width.isFinite, height.isFinite else { continue }
                found.append(
                    Candidate(
                        subject: .plate, x: x - width / 2, y: y - height / 2, width: width, height: height,
                        score: Double(probabilities.values[index * 2 + 1])))
            }
            first += columns * rows * 2
        }
        return found
    }

    /// How many anchors a tile has.
    package static func anchorCount(of tile: PixelSize) -> Int {
        grids.reduce(0) { $0 + cells(tile.width, $1.stride) * cells(tile.height, $1.stride) * 2 }
    }

    private static func cells(_ length: Int, _ stride: Int) -> Int { (length + stride - 1) / stride }
}

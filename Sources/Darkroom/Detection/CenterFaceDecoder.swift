import Domain
import Foundation

/// Reads CenterFace's maps: one cell for 4 × 4 pixels; heat, logarithm of the size, offset of the middle.
package struct CenterFaceDecoder: Sendable {
    private static let stride = 4.0
    /// Smaller ones are noise even as traces, pixels of the tile.
    private static let smallest = 3.0

    package init() {}

    /// Boxes in pixels of the tile. `heat` [1, 1, h, w]; `size` [1, 2, h, w] height first; `offset` [1, 2, h, w]
    /// down first. Empty when the shapes do not belong together.
    package func boxes(
        heat: NetworkOutput, size: NetworkOutput, offset: NetworkOutput, threshold: Float
    ) -> [Candidate] {
        guard heat.dimensions.count == 4, size.values.count == 2 * heat.values.count,
            offset.values.count == 2 * heat.values.count
        else { return [] }
        let columns = heat.dimensions[3], cells = heat.values.count
        var boxes: [Candidate] = []
        for cell in 0..<cells where heat.values[cell] >= threshold {
            let height = exp(Double(size.values[cell])) * Self.stride
            let width = exp(Double(size.values[cells + cell])) * Self.stride
            guard width.isFinite, height.isFinite, max(width, height) >= Self.smallest else { continue }
            let x = (Double(cell % columns) + Double(offset.values[cells + cell]) + 0.5) * Self.stride
            let y = (Double(cell / columns) + Double(offset.values[cell]) + 0.5) * Self.stride
            boxes.append(
                Candidate(
                    subject: .face, x: x - width / 2, y: y - height / 2, width: width, height: height,
                    score: Double(heat.values[cell])))
        }
        return boxes
    }
}

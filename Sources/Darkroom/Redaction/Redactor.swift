import COpenCV
import Domain

/// Makes regions of a picture unrecognisable: a few large cells of their mean colour, each moved by noise.
///
/// A blur or a fine mosaic can be undone or matched; four cells with noise from the system's random source cannot.
package struct Redactor {
    /// Cells along the longer side of a region.
    private static let cells = 4
    /// How far a cell's mean is moved, either way.
    private static let lumaNoise = 24
    private static let chromaNoise = 12

    private var random = SystemRandomNumberGenerator()

    package init() {}

    /// Replaces the pixels of an area, in stored pixels.
    package mutating func redact(_ area: PixelRectangle, in picture: borrowing PlanarPicture) throws {
        try redact(BlockMask(area), in: picture)
    }

    /// Replaces the pixels of all that a mask covers, in stored pixels: cells of its surrounding rectangle, of each the
    /// part that is masked.
    package mutating func redact(_ mask: BlockMask, in picture: borrowing PlanarPicture) throws {
        let bounds = mask.bounds.clipped(to: picture.size)
        guard !bounds.isEmpty else { return }
        let side = max(1, (max(bounds.width, bounds.height) + Self.cells - 1) / Self.cells)
        for y in stride(from: bounds.y, to: bounds.bottom, by: side) {
            for x in stride(from: bounds.x, to: bounds.right, by: side) {
                let cell = PixelRectangle(
                    x: x, y: y, width: min(side, bounds.right - x), height: min(side, bounds.bottom - y))
                let parts = mask.areas.map { $0.shared(with: cell) }.filter { !$0.isEmpty }
                for plane in 0..<3 {
                    let noise = plane == 0 ? Self.lumaNoise : Self.chromaNoise
                    try level(parts, of: plane, in: picture, noise: noise)
                }
            }
        }
    }

    /// Gives all samples of the parts of one cell the same value.
    private mutating func level(
        _ parts: [PixelRectangle], of plane: Int, in picture: borrowing PlanarPicture, noise: Int
    ) throws {
        var sum = 0.0, count = 0.0
        for part in parts {
            var samples = picture.samples(plane, of: part), mean = 0.0, deviation = 0.0
            guard ws_cv_statistics(&samples, &mean, &deviation) != 0 else { throw Self.failure }
            sum += mean * Double(samples.width) * Double(samples.height)
            count += Double(samples.width) * Double(samples.height)
        }
        guard count > 0 else { return }
        let value = UInt8(clamping: Int((sum / count).rounded()) + Int.random(in: -noise...noise, using: &random))
        for part in parts {
            var samples = picture.samples(plane, of: part)
            guard ws_cv_fill(&samples, value) != 0 else { throw Self.failure }
        }
    }

    private static let failure = Failure(.internalError, "A region could not be redacted.")
}

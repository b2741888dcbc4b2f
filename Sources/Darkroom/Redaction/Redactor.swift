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
        let area = area.clipped(to: picture.size)
        guard !area.isEmpty else { return }
        let side = max(1, (max(area.width, area.height) + Self.cells - 1) / Self.cells)
        for y in stride(from: area.y, to: area.bottom, by: side) {
            for x in stride(from: area.x, to: area.right, by: side) {
                let cell = PixelRectangle(
                    x: x, y: y, width: min(side, area.right - x), height: min(side, area.bottom - y))
                for plane in 0..<3 {
                    try level(picture.samples(plane, of: cell), noise: plane == 0 ? Self.lumaNoise : Self.chromaNoise)
                }
            }
        }
    }

    private mutating func level(_ samples: ws_pixels, noise: Int) throws {
        var samples = samples
        var mean = 0.0, deviation = 0.0
        guard ws_cv_statistics(&samples, &mean, &deviation) != 0 else {
            throw Failure(.internalError, "A region could not be redacted.")
        }
        let moved = Int(mean.rounded()) + Int.random(in: -noise...noise, using: &random)
        guard ws_cv_fill(&samples, UInt8(clamping: moved)) != 0 else {
            throw Failure(.internalError, "A region could not be redacted.")
        }
    }
}

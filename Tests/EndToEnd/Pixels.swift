import CTurboJPEG
import Darkroom
import Domain
import Foundation

/// The brightness of a decoded JPEG, to see what is hidden in it.
struct Pixels: Sendable {
    let width: Int
    let height: Int
    private let samples: [UInt8]

    /// The brightness of a pixel.
    func luma(_ x: Int, _ y: Int) -> Int { Int(samples[y * width + x]) }

    init(_ jpeg: Data) throws {
        let picture = try PlanarPicture(decoding: jpeg)
        let planes = picture.planes
        let (width, height, stride) = (Int(planes.width), Int(planes.height), Int(planes.stride.0))
        guard let memory = planes.samples.0 else { throw Failure(.internalError, "The picture has no samples.") }
        samples = (0..<height).flatMap { row in (0..<width).map { memory[row * stride + $0] } }
        self.width = width
        self.height = height
    }

    /// Whether a part (in fractions) that was full of detail in another picture has no more of it than a few cells.
    func hides(_ part: Polygon.Bounds, of other: Pixels?) -> Bool {
        guard let other, other.edges(part) > 150 else { return false }
        return edges(part) * 2 < other.edges(part)
    }

    /// How many neighbours across differ clearly within a part given in fractions of the picture.
    func edges(_ part: Polygon.Bounds) -> Int {
        var count = 0
        for y in Int(part.top * Double(height))..<Int(part.bottom * Double(height)) {
            for x in Int(part.left * Double(width))..<Int(part.right * Double(width)) - 1 {
                let at = y * width + x
                if abs(Int(samples[at]) - Int(samples[at + 1])) > 16 { count += 1 }
            }
        }
        return count
    }

    /// How many pixels are not exactly as in another picture of the same size, within a part given in fractions.
    func differences(from other: Pixels, in part: Polygon.Bounds) -> Int {
        var count = 0
        for y in Int(part.top * Double(height))..<Int(part.bottom * Double(height)) {
            for x in Int(part.left * Double(width))..<Int(part.right * Double(width))
            where samples[y * width + x] != other.samples[y * other.width + x] { count += 1 }
        }
        return count
    }
}

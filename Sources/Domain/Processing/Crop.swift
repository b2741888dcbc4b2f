/// The part of a picture that is kept, of the picture as it is once it is upright, turned and straightened.
package enum Crop: Hashable, Sendable, Codable {
    /// Every picture gives this many pixels, or none.
    case pixels(x: Int, y: Int, width: Int, height: Int)
    /// 0 to 1 of its width and height.
    case fractions(x: Double, y: Double, width: Double, height: Double)

    /// The least that is left, each way, in pixels.
    package static let least = 16

    /// Throws `.unprocessable` for what no picture has.
    func validate() throws {
        switch self {
        case .pixels(let x, let y, let width, let height):
            let sides = 0...Rendition.sides.upperBound
            guard sides.contains(x), sides.contains(y), (Self.least...sides.upperBound).contains(width),
                (Self.least...sides.upperBound).contains(height)
            else { throw Self.odd }
        case .fractions(let x, let y, let width, let height):
            guard [x, y, width, height].allSatisfy(\.isFinite), x >= 0, y >= 0, width >= 0.01, height >= 0.01,
                x + width <= 1 + 1e-9, y + height <= 1 + 1e-9
            else { throw Self.odd }
        }
    }

    private static let odd = Failure(
        .unprocessable,
        "A crop has x, y, width and height: pixels (16 at least), or parts of the picture from 0 to 1 within it.",
        details: ["reason": "crop"])

    /// The same in pixels of a picture of this size. Throws `.unprocessable` where it is not inside.
    func pixels(ofWidth across: Int, height down: Int) throws -> (x: Int, y: Int, width: Int, height: Int) {
        switch self {
        case .pixels(let x, let y, let width, let height):
            guard x + width <= across, y + height <= down else {
                throw Failure(
                    .unprocessable,
                    "The crop of the camera label reaches to \(x + width) × \(y + height) pixels, and this picture has "
                        + "\(across) × \(down).", details: ["reason": "crop_outside"])
            }
            return (x, y, width, height)
        case .fractions(let x, let y, let width, let height):
            let left = min(Int((x * Double(across)).rounded()), across - 1)
            let top = min(Int((y * Double(down)).rounded()), down - 1)
            let right = min(Int(((x + width) * Double(across)).rounded()), across)
            let bottom = min(Int(((y + height) * Double(down)).rounded()), down)
            guard right - left >= Self.least, bottom - top >= Self.least else {
                throw Failure(
                    .unprocessable, "The crop of the camera label leaves fewer than 16 pixels of this picture.",
                    details: ["reason": "crop_small"])
            }
            return (left, top, right - left, bottom - top)
        }
    }
}

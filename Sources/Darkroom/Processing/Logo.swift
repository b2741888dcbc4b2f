import COpenCV
import CPNG
import Domain
import Foundation

/// The picture of a logo: interleaved blue, green, red and opacity.
struct Logo {
    private let samples: [UInt8]
    let size: PixelSize

    /// Throws `.unprocessable` for what is no PNG, or too large.
    init(png: Data) throws {
        guard png.count <= LogoPlace.largestFile else { throw Self.tooLarge }
        let bytes = [UInt8](png)
        var (width, height): (UInt32, UInt32) = (0, 0)
        guard ws_png_size(bytes, bytes.count, &width, &height) != 0, width > 0, height > 0 else { throw Self.noPicture }
        guard width <= LogoPlace.longestSide, height <= LogoPlace.longestSide else { throw Self.tooLarge }
        var samples = [UInt8](repeating: 0, count: Int(width) * Int(height) * 4)
        guard ws_png_read(bytes, bytes.count, width, height, &samples) != 0 else { throw Self.noPicture }
        self.samples = samples
        size = PixelSize(width: Int(width), height: Int(height))
    }

    /// The same at another size.
    func scaled(to target: PixelSize) throws -> [UInt8] {
        var result = [UInt8](repeating: 0, count: target.area * 4)
        let isDone = samples.withUnsafeBufferPointer { from in
            result.withUnsafeMutableBufferPointer { to in
                var source = ws_pixels(
                    samples: UnsafeMutablePointer(mutating: from.baseAddress), width: Int32(size.width),
                    height: Int32(size.height), channels: 4, stride: size.width * 4)
                var target = ws_pixels(
                    samples: to.baseAddress, width: Int32(target.width), height: Int32(target.height), channels: 4,
                    stride: target.width * 4)
                return ws_cv_resize(&source, &target) != 0
            }
        }
        guard isDone else { throw Failure(.internalError, "The logo could not be resized.") }
        return result
    }

    private static let noPicture = Failure(
        .unprocessable, "The logo is no PNG picture, or a damaged one.", details: ["reason": "bad_logo"])
    private static let tooLarge = Failure(
        .unprocessable, "A logo has up to 512 KB and 4096 pixels each way.", details: ["reason": "large_logo"])
}

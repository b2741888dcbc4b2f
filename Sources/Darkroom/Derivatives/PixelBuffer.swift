import COpenCV
import CTurboJPEG
import Domain
import Foundation

/// Interleaved B, G, R bytes. Owns its memory.
package struct PixelBuffer: ~Copyable {
    package let samples: UnsafeMutablePointer<UInt8>
    package let size: PixelSize

    deinit { samples.deallocate() }

    /// Samples are not initialised. Throws when there is no memory.
    package init(size: PixelSize) throws {
        guard size.area > 0 else { throw Failure(.internalError, "A part of a picture holds no pixels.") }
        self.size = size
        samples = UnsafeMutablePointer<UInt8>.allocate(capacity: size.area * 3)
    }

    /// Bytes from one row to the next.
    package var stride: Int { size.width * 3 }

    func view(of area: PixelRectangle) -> ws_pixels {
        ws_pixels(
            samples: samples + (area.y * stride + area.x * 3), width: Int32(area.width), height: Int32(area.height),
            channels: 3, stride: stride)
    }

    func cropped(to area: PixelRectangle) throws -> PixelBuffer {
        try scaled(area, to: area.size)
    }

    /// A part of it at another size.
    func scaled(_ area: PixelRectangle, to target: PixelSize) throws -> PixelBuffer {
        let result = try PixelBuffer(size: target)
        var from = view(of: area), to = result.view(of: target.whole)
        guard ws_cv_resize(&from, &to) != 0 else { throw Failure(.internalError, "Pixels could not be resized.") }
        return result
    }

    consuming func upright(_ orientation: Orientation) throws -> PixelBuffer {
        guard !orientation.isUpright else { return self }
        let result = try PixelBuffer(size: orientation.turned(size))
        var from = view(of: size.whole), to = result.view(of: result.size.whole)
        guard ws_cv_upright(&from, Int32(orientation.value), &to) != 0 else {
            throw Failure(.internalError, "Pixels could not be turned.")
        }
        return result
    }

    /// A JPEG file of it, without metadata.
    package func encoded(quality: Int) throws -> Data {
        try JPEGBuffer.fill {
            ws_bgr_encode(samples, Int32(size.width), Int32(size.height), stride, Int32(quality), &$0, &$1)
        }
    }
}

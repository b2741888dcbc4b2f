import COpenCV
import CTurboJPEG
import Domain
import Foundation

/// A picture in memory as JPEG codes it: one plane of luma, two of chroma, at most half as fine. Owns its memory.
package struct PlanarPicture: ~Copyable {
    package private(set) var planes: ws_planes

    deinit {
        var planes = planes
        ws_planes_free(&planes)
    }

    /// Samples are not initialised. Throws when there is no memory.
    init(size: PixelSize, across: Int = 2, down: Int = 2) throws {
        var planes = ws_planes()
        let outcome = ws_planes_allocate(Int32(size.width), Int32(size.height), Int32(across), Int32(down), &planes)
        guard outcome == ws_jpeg_done else { throw Failure(.unavailable, "There is no memory for the picture.") }
        self.planes = planes
    }

    /// Decodes the whole file, as stored. Throws a `Rejection` when its data is damaged or ends early.
    package init(decoding file: Data) throws {
        var planes = ws_planes()
        var reason = [CChar](repeating: 0, count: 200)
        let outcome = file.withUnsafeBytes { bytes in
            ws_jpeg_decode(bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, &planes, &reason)
        }
        switch outcome {
        case ws_jpeg_done: self.planes = planes
        case ws_jpeg_no_memory: throw Failure(.unavailable, "There is no memory for the picture.")
        default:
            throw Rejection(.invalidFile, "The picture is damaged or cut short: its data cannot be read to the end.")
        }
    }

    package var size: PixelSize { PixelSize(width: Int(planes.width), height: Int(planes.height)) }
    /// How many pixels share a chroma sample.
    package var across: Int { Int(planes.across) }
    package var down: Int { Int(planes.down) }
    /// Size in pixels of what JPEG codes as one (an MCU).
    package var blockSize: PixelSize {
        // A grey file has no chroma that its blocks would wait for.
        planes.components == 1 ? PixelSize(width: 8, height: 8) : PixelSize(width: 8 * across, height: 8 * down)
    }
    /// Whether its blocks can be put back into the file it came from.
    package var isNative: Bool { planes.native != 0 }
    /// Whether a colour profile of the file still describes these planes.
    var keepsProfile: Bool { planes.components == 3 }

    /// The samples of one plane (0 luma, 1 and 2 chroma) that an area covers, the area widened to whole samples.
    func samples(_ plane: Int, of area: PixelRectangle) -> ws_pixels {
        let columns = plane == 0 ? 1 : across, rows = plane == 0 ? 1 : down
        let part = area.clipped(to: size).aligned(columns: columns, rows: rows)
        let (pointer, stride) = origin(plane)
        let x = part.x / columns, y = part.y / rows
        return ws_pixels(
            samples: pointer.map { $0 + (y * stride + x) }, width: Int32(part.width / columns),
            height: Int32(part.height / rows), channels: 1, stride: stride)
    }

    /// Gives the samples beyond an odd edge, which an encoder reads too, the values of the edge.
    func extendEdges() {
        var planes = planes
        ws_planes_extend(&planes)
    }

    private func origin(_ plane: Int) -> (UnsafeMutablePointer<UInt8>?, stride: Int) {
        switch plane {
        case 0: (planes.samples.0, Int(planes.stride.0))
        case 1: (planes.samples.1, Int(planes.stride.1))
        default: (planes.samples.2, Int(planes.stride.2))
        }
    }
}

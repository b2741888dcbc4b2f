import CTurboJPEG
import Domain
import Foundation

extension PlanarPicture {
    /// The file it was decoded from with the blocks that touch the areas taken from these planes; every other
    /// coefficient stays as the camera wrote it. Areas in stored pixels. Only for a `native` picture.
    package func replacing(_ areas: [PixelRectangle], in file: Data) throws -> Data {
        let rectangles = areas.map { $0.clipped(to: size) }.filter { !$0.isEmpty }.map {
            ws_rectangle(x: Int32($0.x), y: Int32($0.y), width: Int32($0.width), height: Int32($0.height))
        }
        var planes = planes
        var reason = [CChar](repeating: 0, count: 200)
        return try file.withUnsafeBytes { bytes in
            try JPEGBuffer.fill {
                ws_jpeg_replace(
                    bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, &planes, rectangles,
                    Int32(rectangles.count), &$0, &$1, &reason)
            }
        }
    }
}

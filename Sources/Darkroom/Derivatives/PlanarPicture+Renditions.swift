import COpenCV
import CTurboJPEG
import Domain
import Foundation

extension PlanarPicture {
    /// A part of it at another size, with chroma at half resolution.
    package func scaled(_ area: PixelRectangle, to target: PixelSize) throws -> PlanarPicture {
        let result = try PlanarPicture(size: target)
        for plane in 0..<3 {
            var from = samples(plane, of: area), to = result.samples(plane, of: target.whole)
            guard ws_cv_resize(&from, &to) != 0 else {
                throw Failure(.internalError, "The picture could not be resized.")
            }
        }
        result.extendEdges()
        return result
    }

    /// It turned as the orientation asks. Chroma must be equally fine across and down.
    package consuming func upright(_ orientation: Orientation) throws -> PlanarPicture {
        guard !orientation.isUpright else { return self }
        let result = try PlanarPicture(size: orientation.turned(size))
        for plane in 0..<3 {
            var from = samples(plane, of: size.whole), to = result.samples(plane, of: result.size.whole)
            guard ws_cv_upright(&from, Int32(orientation.value), &to) != 0 else {
                throw Failure(.internalError, "The picture could not be turned.")
            }
        }
        result.extendEdges()
        return result
    }

    /// A JPEG file of it, without metadata. Quality 1–100.
    package func encoded(quality: Int) throws -> Data {
        var planes = planes
        return try JPEGBuffer.fill { ws_jpeg_encode(&planes, Int32(quality), &$0, &$1) }
    }

    /// A JPEG file of a part of it, turned upright. `area` in pixels of the displayed picture.
    func encoded(_ area: PixelRectangle, _ orientation: Orientation, quality: Int) throws -> Data {
        guard orientation.isUpright, area.x % across == 0, area.y % down == 0 else {
            return try pixels(area, orientation).encoded(quality: quality)
        }
        var part = planes
        part.width = Int32(area.width)
        part.height = Int32(area.height)
        part.samples = (
            samples(0, of: area).samples, samples(1, of: area).samples, samples(2, of: area).samples
        )
        return try JPEGBuffer.fill { ws_jpeg_encode(&part, Int32(quality), &$0, &$1) }
    }

    /// Writes a part of it as interleaved B, G, R bytes, turned upright, into somebody else's memory of the same size.
    /// `area` in pixels of the displayed picture.
    func write(_ area: PixelRectangle, _ orientation: Orientation, into target: ws_pixels) throws {
        var target = target
        guard orientation.isUpright, area.x % across == 0, area.y % down == 0 else {
            let buffer = try pixels(area, orientation)
            var source = buffer.view(of: buffer.size.whole)
            guard ws_cv_resize(&source, &target) != 0 else {
                throw Failure(.internalError, "Pixels could not be copied.")
            }
            return
        }
        var planes = planes
        let rectangle = ws_rectangle(
            x: Int32(area.x), y: Int32(area.y), width: Int32(area.width), height: Int32(area.height))
        guard ws_planes_to_bgr(&planes, rectangle, target.samples, target.stride) == ws_jpeg_done else {
            throw Failure(.internalError, "The picture's colours could not be converted.")
        }
    }

    /// A part of it as interleaved B, G, R bytes, turned upright. `area` in pixels of the displayed picture.
    func pixels(_ area: PixelRectangle, _ orientation: Orientation) throws -> PixelBuffer {
        let stored = orientation.stored(area, displayed: orientation.turned(size))
        let whole = stored.aligned(columns: across, rows: down).clipped(to: size)
        var buffer = try PixelBuffer(size: whole.size)
        var planes = planes
        let rectangle = ws_rectangle(
            x: Int32(whole.x), y: Int32(whole.y), width: Int32(whole.width), height: Int32(whole.height))
        guard ws_planes_to_bgr(&planes, rectangle, buffer.samples, buffer.stride) == ws_jpeg_done else {
            throw Failure(.internalError, "The picture's colours could not be converted.")
        }
        if whole != stored {
            let inner = PixelRectangle(
                x: stored.x - whole.x, y: stored.y - whole.y, width: stored.width, height: stored.height)
            buffer = try buffer.cropped(to: inner)
        }
        return try buffer.upright(orientation)
    }
}

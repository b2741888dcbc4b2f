import COpenCV
import CTurboJPEG
import Domain

extension PlanarPicture {
    /// What a frame shows of the picture: upright, turned, straightened, cropped and made smaller, with chroma at half
    /// resolution.
    ///
    /// - Parameter orientation: how the stored picture is upright, as the camera says.
    package func framed(_ frame: PictureFrame, _ orientation: Orientation) throws -> PlanarPicture {
        let upright = orientation.turned(size)
        guard upright.width == frame.sourceWidth, upright.height == frame.sourceHeight else {
            throw Failure(.internalError, "The picture is not of the size that its frame is for.")
        }
        let turned = try scaled(size.whole, to: size).upright(orientation)
            .upright(Orientation([1, 6, 3, 8][frame.quarterTurns]))
        let target = PixelSize(width: frame.width, height: frame.height)
        guard frame.angle != 0 else {
            let part = PixelRectangle(x: frame.x, y: frame.y, width: frame.cropWidth, height: frame.cropHeight)
            return try turned.scaled(part, to: target)
        }
        let cut = try turned.warped(frame.cutting, to: PixelSize(width: frame.cropWidth, height: frame.cropHeight))
        return target == cut.size ? cut : try cut.scaled(cut.size.whole, to: target)
    }

    /// - Parameter map: from this picture's pixels to those of the new one.
    private func warped(_ map: PlaneMap, to target: PixelSize) throws -> PlanarPicture {
        let result = try PlanarPicture(size: target)
        for plane in 0..<3 {
            // Both have chroma at half resolution.
            let factor = plane == 0 ? 1.0 : 2.0
            let back = PlaneMap.scale(x: factor, y: factor).then(map.inverse).then(
                .scale(x: 1 / factor, y: 1 / factor))
            // From edges, which ours counts from, to the middle of pixels, which OpenCV does.
            let middle = PlaneMap.move(x: 0.5, y: 0.5).then(back).then(.move(x: -0.5, y: -0.5))
            var from = samples(plane, of: size.whole), to = result.samples(plane, of: target.whole)
            let matrix = [middle.a, middle.b, middle.e, middle.c, middle.d, middle.f]
            guard ws_cv_warp(&from, &to, matrix) != 0 else {
                throw Failure(.internalError, "The picture could not be straightened.")
            }
        }
        result.extendEdges()
        return result
    }
}

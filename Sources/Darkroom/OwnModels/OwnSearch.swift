import COpenCV
import DarkroomProtocol
import Domain

/// Runs a model of the operator's over a picture.
struct OwnSearch {
    let models: OwnModelShelf

    /// What it finds, best first. Throws `.unprocessable` when the model is refused.
    func findings(
        of manifest: ModelManifest, in picture: borrowing PlanarPicture, _ orientation: Orientation,
        _ type: PictureType
    ) throws -> ModelFindings {
        let size = orientation.turned(picture.size), wraps = type == .equirectangular
        let decoder = OwnDecoder(manifest)
        var boxes: [ModelBox] = []
        for window in OwnWindow.windows(of: size, wraps: wraps, manifest) {
            let pixels = try Self.pixels(of: window.area, in: picture, orientation)
            boxes += try models.with(manifest) { network in
                try Self.fill(network.input, with: pixels, shown: window.shown)
                return decoder.boxes(try network.outputs()).map(window.placed)
            }
        }
        let survivors = OwnSuppression(overlap: manifest.nms, wrapsAt: wraps ? size.width : nil).survivors(of: boxes)
        let detections = survivors.flatMap { box in
            DetectionBox(size: size, wraps: wraps).parts(
                x: box.x, y: box.y, width: box.width, height: box.height
            ).map { part in
                Detection(
                    className: manifest.classes[box.classIndex], score: box.score, x: part.x, y: part.y,
                    width: part.width, height: part.height)
            }
        }
        return ModelFindings(model: manifest.name, detections: detections)
    }

    /// The pixels of an area as displayed; what lies beyond a panorama's right edge comes from its left.
    private static func pixels(
        of area: PixelRectangle, in picture: borrowing PlanarPicture, _ orientation: Orientation
    ) throws -> PixelBuffer {
        let size = orientation.turned(picture.size)
        let buffer = try PixelBuffer(size: area.size)
        let inside = area.clipped(to: size)
        if !inside.isEmpty {
            let place = PixelRectangle(x: 0, y: 0, width: inside.width, height: inside.height)
            try picture.write(inside, orientation, into: buffer.view(of: place))
        }
        guard inside.width < area.width else { return buffer }
        let rest = PixelRectangle(
            x: area.x + inside.width - size.width, y: area.y, width: area.width - inside.width, height: area.height)
        let place = PixelRectangle(x: inside.width, y: 0, width: rest.width, height: rest.height)
        try picture.write(rest, orientation, into: buffer.view(of: place))
        return buffer
    }

    private static func fill(
        _ input: ws_pixels, with pixels: borrowing PixelBuffer, shown: PixelSize
    ) throws {
        var all = input, part = input, from = pixels.view(of: pixels.size.whole)
        part.width = Int32(shown.width)
        part.height = Int32(shown.height)
        guard ws_cv_fill(&all, OwnWindow.grey) != 0, ws_cv_resize(&from, &part) != 0 else {
            throw Failure(.internalError, "A picture could not be brought to a model's size.")
        }
    }
}

import Foundation

extension PictureFrame {
    /// What is said of the picture that is shown, by what was said of the whole: its size, which way up it is, and how much
    /// of the horizon is on it. The direction stays the camera's.
    package func tags(of whole: PictureTags) -> PictureTags {
        var tags = whole
        tags.width = width
        tags.height = height
        tags.orientation = 1
        guard whole.type == .flat else { return tags }
        tags.fieldOfView = whole.fieldOfView.flatMap(fieldOfView)
        // The part of the sensor that the part of the picture was on.
        tags.sensorWidth = whole.sensorWidth.map {
            $0 * Double(cropWidth) / Double(max(1, quarterTurns % 2 == 0 ? sourceWidth : sourceHeight))
        }
        // Straight now; by how much the camera was not is not what one sees any more.
        if angle != 0 || quarterTurns != 0 { tags.roll = nil }
        return tags
    }

    /// Degrees between the left and the right end of the picture's middle row, as a pinhole camera sees them; nil where
    /// the whole picture's own is none of such a camera.
    private func fieldOfView(of whole: Double) -> Double? {
        guard whole > 0, whole < 179 else { return nil }
        let (centreX, centreY) = (Double(sourceWidth) / 2, Double(sourceHeight) / 2)
        let distance = centreX / tan(whole * .pi / 360)
        let back = shown.inverse, middle = Double(height) / 2
        let rays = [0, Double(width)].map { edge in
            let point = back(Polygon.Point(x: edge, y: middle))
            return (x: point.x - centreX, y: point.y - centreY)
        }
        let along = rays[0].x * rays[1].x + rays[0].y * rays[1].y + distance * distance
        let lengths = rays.map { sqrt($0.x * $0.x + $0.y * $0.y + distance * distance) }
        return acos(min(1, max(-1, along / (lengths[0] * lengths[1])))) * 180 / .pi
    }
}

import Domain
import Foundation

/// How much of the horizon a picture shows.
enum FieldOfView {
    /// The long side of a film of 36 × 24 mm, in millimetres.
    private static let filmWidth = 36.0

    /// Degrees: the whole turn or the cropped part of it, else from sensor and focal length, else from the focal length
    /// on film, else what the camera table says.
    static func degrees(
        type: PictureType, crop: PanoramaCrop?, camera: CameraTags, known: CameraTable.Camera?
    ) -> Double? {
        if type == .equirectangular {
            return crop.map { min(360, 360 * Double($0.width) / Double($0.fullWidth)) } ?? 360
        }
        let focalLength = camera.focalLength ?? known?.focalLength
        if let sensorWidth = known?.sensorWidth, let focalLength, focalLength > 0 {
            return angle(width: sensorWidth, focalLength: focalLength)
        }
        return camera.filmFocalLength.map { angle(width: filmWidth, focalLength: $0) } ?? known?.fieldOfView
    }

    private static func angle(width: Double, focalLength: Double) -> Double {
        2 * atan(width / (2 * focalLength)) * 180 / .pi
    }
}

import Domain
import Foundation

/// When a picture was taken, by each clock that says.
struct CaptureTimes: Sendable {
    /// A reading of one clock.
    struct Reading: Sendable {
        let moment: Date
        let hasSubSeconds: Bool
        /// Seconds ahead of UTC at that place and time.
        let offsetSeconds: Int
    }

    let gps: Reading?
    let camera: Reading?

    /// The reading that counts: satellites, unless only the camera's has sub-seconds, which put bursts in order.
    var best: Reading? {
        guard let gps, let camera else { return gps ?? camera }
        return camera.hasSubSeconds && !gps.hasSubSeconds ? camera : gps
    }
}

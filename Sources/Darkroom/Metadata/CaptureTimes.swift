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

    /// With each clock set to the time that somebody gave: the order of a batch goes by the clocks.
    func corrected(to moment: Date?, zone: TimeZone?) -> CaptureTimes {
        guard let moment else { return self }
        let reading = Reading(
            moment: moment, hasSubSeconds: true, offsetSeconds: zone?.secondsFromGMT(for: moment) ?? 0)
        return CaptureTimes(gps: gps == nil ? nil : reading, camera: reading)
    }

    /// The reading that counts: satellites, unless only the camera's has sub-seconds, which put bursts in order.
    var best: Reading? {
        guard let gps, let camera else { return gps ?? camera }
        return camera.hasSubSeconds && !gps.hasSubSeconds ? camera : gps
    }
}

import Foundation

/// How the camera of a label is mounted and set, for what its pictures' own tags do not say.
package struct CameraMounting: Hashable, Sendable, Codable {
    /// Degrees clockwise from the direction of movement to where the camera looks, -180…180. It takes the place of every
    /// heading in new batches; nil: the tags count.
    package let relativeHeading: Double?
    /// The zone whose time the camera's clock shows where a picture does not say, a name of the IANA time zone database;
    /// nil: that of the place of capture.
    package let clockZone: String?

    /// What is usual: nothing is said.
    package static let usual = CameraMounting(stored: nil, nil)

    /// - Throws: `.unprocessable`.
    package init(relativeHeading: Double?, clockZone: String?) throws {
        if let relativeHeading, !(-180...180).contains(relativeHeading) {
            throw Failure(.unprocessable, "relative_heading lies between -180 and 180 degrees.")
        }
        if let clockZone, TimeZone(identifier: clockZone) == nil {
            throw Failure(.unprocessable, "clock_zone is a name such as Europe/Paris or UTC.")
        }
        self.relativeHeading = relativeHeading
        self.clockZone = clockZone
    }

    /// What a store has kept.
    package init(stored relativeHeading: Double?, _ clockZone: String?) {
        self.relativeHeading = relativeHeading
        self.clockZone = clockZone
    }
}

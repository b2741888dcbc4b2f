/// An order to link pictures to the ways they were taken on.
package struct WayLinking: Hashable, Sendable {
    package enum Scope: Hashable, Sendable {
        case label(CameraLabelID)
        case sequence(SequenceID)
        case uploadSet(UploadSetID)
    }

    package let scope: Scope
    /// Metres.
    package let distance: Double
    /// Links that are there already are made anew; otherwise such a picture is left as it is.
    package let replaces: Bool

    package static let usualDistance = 15.0

    package init(scope: Scope, distance: Double = Self.usualDistance, replaces: Bool = false) throws {
        guard (1...WayGrid.farthest).contains(distance) else {
            throw Failure(
                .unprocessable, "The distance to a way is from 1 to 100 metres.", details: ["field": "distance"])
        }
        self.scope = scope
        self.distance = distance
        self.replaces = replaces
    }

    /// What became of some pictures.
    package struct Outcome: Hashable, Sendable {
        package var looked = 0
        package var linked = 0
        /// With a link already, and left as they are.
        package var kept = 0
        /// The last one that was looked at; nil when there are no more.
        package var last: PictureID?

        package init() {}
    }
}

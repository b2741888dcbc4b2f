import Foundation

/// What somebody changes of many pictures at once; what is nil stays. Of each picture all of it is done, or nothing.
package struct PictureBulkEdit: Hashable, Sendable {
    /// The camera label that they go to, each sequence's to a new sequence there.
    package let label: CameraLabelID?
    package let visibility: Visibility?
    /// Degrees clockwise from north, 0 ≤ heading < 360.
    package let heading: Double?
    /// Degrees clockwise, added to the heading that each has.
    package let headingOffset: Double?
    /// Seconds, added to the time of capture that each has.
    package let timeOffset: TimeInterval?
    /// Clockwise, 0 to 3.
    package let quarterTurns: Int
    package let tags: [SemanticChange]

    /// Seconds: some twenty years, as of a clock that was never set.
    package static let largestTimeOffset = 20 * 366.0 * 86_400

    /// Throws `.unprocessable` with the rule that is broken.
    package init(
        label: CameraLabelID? = nil, visibility: Visibility? = nil, heading: Double? = nil,
        headingOffset: Double? = nil, timeOffset: TimeInterval? = nil, quarterTurns: Int = 0,
        tags: [SemanticChange] = []
    ) throws {
        guard heading == nil || headingOffset == nil else {
            throw Failure(.unprocessable, "Give 'heading' or 'heading_offset', not both.")
        }
        guard heading.map({ (0...360).contains($0) }) ?? true else {
            throw Failure(.unprocessable, "heading is from 0 to 360 degrees.")
        }
        guard headingOffset.map({ (-360...360).contains($0) }) ?? true else {
            throw Failure(.unprocessable, "heading_offset is from -360 to 360 degrees.")
        }
        guard timeOffset.map({ abs($0) <= Self.largestTimeOffset }) ?? true else {
            throw Failure(.unprocessable, "time_offset is in seconds, at most twenty years.")
        }
        self.label = label
        self.visibility = visibility
        self.heading = heading.map { $0 == 360 ? 0 : $0 }
        self.headingOffset = headingOffset
        self.timeOffset = timeOffset
        self.quarterTurns = ((quarterTurns % 4) + 4) % 4
        self.tags = tags
        guard corrects || label != nil || visibility != nil || self.quarterTurns != 0 || !tags.isEmpty else {
            throw Failure(.unprocessable, "Say what is to be changed of the pictures.")
        }
    }

    /// Whether it changes what the pictures' own tags said.
    package var corrects: Bool { heading != nil || headingOffset != nil || timeOffset != nil }

    /// Whether only a picture that is prepared can be changed so.
    package var needsPrepared: Bool { corrects || label != nil || quarterTurns != 0 }

    /// What it comes to for one picture.
    package func edit(of tags: PictureTags, heading known: Double?) -> PictureEdit {
        let turned = headingOffset.flatMap { offset in known.map { Self.direction($0 + offset) } }
        return PictureEdit(
            heading: heading ?? turned, capturedAt: timeOffset.map { tags.capturedAt.addingTimeInterval($0) })
    }

    /// 0 ≤ degrees < 360.
    private static func direction(_ degrees: Double) -> Double {
        let rest = degrees.truncatingRemainder(dividingBy: 360)
        let positive = rest < 0 ? rest + 360 : rest
        // Of a rest that is hardly negative.
        return positive >= 360 ? 0 : positive
    }
}

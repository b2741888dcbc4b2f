import Foundation

/// What somebody changes of one picture; what is nil stays.
package struct PictureEdit: Hashable, Sendable {
    package var visibility: Visibility?
    /// Degrees clockwise from north, 0 ≤ heading < 360.
    package var heading: Double?
    package var position: GeoPoint?
    package var capturedAt: Date?
    /// Degrees; positive looks up.
    package var pitch: Double?
    /// Degrees; positive tilts clockwise.
    package var roll: Double?
    package var tags: [SemanticChange]

    package init(
        visibility: Visibility? = nil, heading: Double? = nil, position: GeoPoint? = nil, capturedAt: Date? = nil,
        pitch: Double? = nil, roll: Double? = nil, tags: [SemanticChange] = []
    ) {
        self.visibility = visibility
        self.heading = heading
        self.position = position
        self.capturedAt = capturedAt
        self.pitch = pitch
        self.roll = roll
        self.tags = tags
    }

    /// Whether it changes what the picture's own tags said.
    package var corrects: Bool {
        heading != nil || position != nil || capturedAt != nil || pitch != nil || roll != nil
    }

    /// `tags` with the corrections in place.
    package func corrected(_ tags: PictureTags) -> PictureTags {
        var tags = tags
        if let heading { tags.heading = heading }
        if let position { tags.position = position }
        if let capturedAt {
            tags.capturedAt = capturedAt
            // Else a batch that is cut anew would go by the clocks that were wrong.
            tags.gpsTime = tags.gpsTime == nil ? nil : capturedAt
            tags.cameraTime = tags.cameraTime == nil ? nil : capturedAt
        }
        if let pitch { tags.pitch = pitch }
        if let roll { tags.roll = roll }
        return tags
    }

    /// The names of what it corrects, for the audit log.
    package var corrections: [String] {
        var names: [String] = []
        if heading != nil { names.append("heading") }
        if position != nil { names.append("position") }
        if capturedAt != nil { names.append("capture_time") }
        if pitch != nil { names.append("pitch") }
        if roll != nil { names.append("roll") }
        return names
    }
}

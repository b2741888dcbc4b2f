import Domain

/// What is known of a picture's frame.
package struct FrameRecord: Hashable, Sendable, Codable {
    /// Nil: all of what the camera wrote, upright.
    package let frame: PictureFrame?
    /// It is to be made anew as its label says now.
    package let isOwed: Bool

    package init(frame: PictureFrame?, isOwed: Bool = false) {
        self.frame = frame
        self.isOwed = isOwed
    }
}

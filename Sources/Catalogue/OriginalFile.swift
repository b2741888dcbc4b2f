import Domain
import Foundation

/// A picture's stored original, as needed to send or to open it.
package struct OriginalFile: Hashable, Sendable {
    package let pictureID: PictureID
    package let labelID: CameraLabelID
    /// Which of the picture's files it is.
    package let part: OriginalPart
    package let stored: StoredOriginal
    /// As its sender called it.
    package let originalName: String
    /// Lower-case hexadecimal, of the received bytes.
    package let originalSHA256: String

    package init(
        pictureID: PictureID, labelID: CameraLabelID, part: OriginalPart = .original, stored: StoredOriginal,
        originalName: String, originalSHA256: String
    ) {
        self.pictureID = pictureID
        self.labelID = labelID
        self.part = part
        self.stored = stored
        self.originalName = originalName
        self.originalSHA256 = originalSHA256
    }
}

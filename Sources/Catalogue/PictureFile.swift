import Domain
import Foundation

/// One stored file of a picture, as needed to send it.
package struct PictureFile: Hashable, Sendable {
    package let pictureID: PictureID
    package let revision: Int
    package let derivative: Derivative
    package let updatedAt: Date
    package let originalName: String

    package init(pictureID: PictureID, revision: Int, derivative: Derivative, updatedAt: Date, originalName: String) {
        self.pictureID = pictureID
        self.revision = revision
        self.derivative = derivative
        self.updatedAt = updatedAt
        self.originalName = originalName
    }
}

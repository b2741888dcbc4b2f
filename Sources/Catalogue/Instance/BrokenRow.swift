import Domain
import Foundation

/// A picture that was given up on, as administrators see it.
package struct BrokenRow: Hashable, Sendable {
    package let id: PictureID
    package let uploadSetID: UploadSetID
    package let label: String
    package let name: String
    /// One sentence.
    package let reason: String
    /// Whether there is still something to try again with.
    package let canRetry: Bool
    package let createdAt: Date
}

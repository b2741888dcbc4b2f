import Domain
import Foundation

/// How far the pictures of a camera label have been looked through.
package struct LookingState: Hashable, Sendable {
    package let label: CameraLabelID
    /// Those that are made and shown.
    package let pictures: Int
    /// Those of them that are owed another look.
    package let waiting: Int
    /// When somebody last asked for it.
    package let askedAt: Date?
}

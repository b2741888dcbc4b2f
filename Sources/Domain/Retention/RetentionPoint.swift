import Foundation

/// A place in the order in which pictures of a label have arrived.
package struct RetentionPoint: Hashable, Sendable {
    package let at: Date
    package let id: PictureID

    package init(at: Date, id: PictureID) {
        self.at = at
        self.id = id
    }
}

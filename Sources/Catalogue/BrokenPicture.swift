/// A picture that was given up on, as its owner needs to know.
package struct BrokenPicture: Hashable, Sendable {
    /// One sentence.
    package let reason: String
    /// Whether the received file is still in the staging folder, so that it can be tried again.
    package let isStaged: Bool

    package init(reason: String, isStaged: Bool) {
        self.reason = reason
        self.isStaged = isStaged
    }
}

/// Which of the files that a picture was received as is meant.
package enum OriginalPart: String, Sendable, CaseIterable {
    /// The JPEG that it is made from.
    case original
    /// What the camera wrote beside that, or instead of it.
    case raw
}

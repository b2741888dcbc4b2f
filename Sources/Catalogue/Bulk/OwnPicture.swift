import Domain

/// A picture as the list of those that one may change shows it.
package struct OwnPicture: Hashable, Sendable {
    /// Without its redactions and readable tags.
    package let picture: Picture
    package let label: String
    package let producer: String
    /// Title of its sequence.
    package let sequence: String?
    /// Of a broken one: whether its file is here, so that it can be tried again.
    package let mayRetry: Bool
}

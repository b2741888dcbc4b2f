import Domain

/// What a sender says of a file before its first byte.
package struct PartialAnnouncement: Sendable {
    /// As the sender calls it.
    package let name: String
    /// Bytes.
    package let length: Int64
    /// Of the whole file, in lower-case hexadecimal.
    package let sha256: String?
    /// Chosen by the sender.
    package let pictureID: PictureID?

    package init(name: String, length: Int64, sha256: String? = nil, pictureID: PictureID? = nil) {
        self.name = name
        self.length = length
        self.sha256 = sha256
        self.pictureID = pictureID
    }
}

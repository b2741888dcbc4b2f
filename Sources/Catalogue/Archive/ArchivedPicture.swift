import Domain

/// The files that belong to one picture, as the catalogue knows them.
package struct ArchivedPicture: Hashable, Sendable {
    /// Received bytes that wait for their treatment.
    package struct Staged: Hashable, Sendable {
        package let name: String
        package let size: Int64
        package let sha256: String
    }

    package let id: PictureID
    package let revision: Int
    package let derivatives: [Derivative]
    package let original: StoredOriginal?
    package let staged: Staged?
    /// What is stored of its raw file.
    package var raw: StoredOriginal?
    /// A raw file, and a JPEG that came after it, that wait as well.
    package var stagedBeside: [Staged] = []
}

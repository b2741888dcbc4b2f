import Foundation

package typealias UploadFileID = Identifier<UploadFile>

/// One file of an upload set, and what became of it.
package struct UploadFile: Hashable, Sendable, Codable {
    package let id: UploadFileID
    package let uploadSetID: UploadSetID
    /// The path within the dropped folder, `/`-separated, so that equal names in two folders stay two files.
    package let path: String
    /// Bytes.
    package let size: Int64
    /// Lower-case hexadecimal.
    package let sha256: String
    /// Lower-case hexadecimal, for Panoramax clients; never used to decide anything.
    package let md5: String
    package let receivedAt: Date
    /// The picture it became; for a duplicate, the picture that was there already.
    package var pictureID: PictureID?
    /// Present when it did not become a picture.
    package var rejection: Rejection?
    /// It waits to be told where, or when, it was taken, until then.
    package var heldUntil: Date?

    package init(
        id: UploadFileID = UploadFileID(), uploadSetID: UploadSetID, path: String, size: Int64, sha256: String,
        md5: String, receivedAt: Date = .now, pictureID: PictureID? = nil, rejection: Rejection? = nil,
        heldUntil: Date? = nil
    ) {
        self.id = id
        self.uploadSetID = uploadSetID
        self.path = path
        self.size = size
        self.sha256 = sha256
        self.md5 = md5
        self.receivedAt = receivedAt
        self.pictureID = pictureID
        self.rejection = rejection
        self.heldUntil = heldUntil
    }
}

import Foundation

/// A file that is received in parts, so that a broken connection costs little.
package struct PartialUpload: Hashable, Sendable {
    package let id: PartialUploadID
    package let accountID: AccountID
    package let labelID: CameraLabelID
    package let uploadSetID: UploadSetID
    /// As the sender calls it, unchecked; empty once the file has arrived.
    package let name: String
    /// Bytes of the whole file.
    package let length: Int64
    /// Bytes that are on disk for certain.
    package let received: Int64
    /// Of the whole file, in lower-case hexadecimal, where the sender has said it.
    package let sha256: String?
    /// Chosen by the sender.
    package let chosenID: PictureID?
    /// Absent once the file has arrived, or its time is over.
    package let stagedName: String?
    package let createdAt: Date
    /// When the parts are removed, unless more of them arrive before.
    package let expiresAt: Date
    /// Present once the file has arrived.
    package let arrival: Arrival?

    /// What the whole file became.
    package enum Arrival: Hashable, Sendable {
        case admitted(PictureID)
        /// The same bytes were a picture already; counts as success.
        case duplicate(of: PictureID)
    }

    package init(
        id: PartialUploadID = PartialUploadID(), accountID: AccountID, labelID: CameraLabelID,
        uploadSetID: UploadSetID, name: String, length: Int64, received: Int64 = 0, sha256: String? = nil,
        chosenID: PictureID? = nil, stagedName: String?, createdAt: Date, expiresAt: Date, arrival: Arrival? = nil
    ) {
        self.id = id
        self.accountID = accountID
        self.labelID = labelID
        self.uploadSetID = uploadSetID
        self.name = name
        self.length = length
        self.received = received
        self.sha256 = sha256
        self.chosenID = chosenID
        self.stagedName = stagedName
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.arrival = arrival
    }

    /// All bytes are here, and nothing was made of them yet.
    package var isWhole: Bool { arrival == nil && received == length }
}

import Foundation

package typealias PictureID = Identifier<Picture>

/// A photograph with a place and a time.
package struct Picture: Hashable, Sendable {
    package let id: PictureID
    package let accountID: AccountID
    package let labelID: CameraLabelID
    package let uploadSetID: UploadSetID
    /// `nil` until the batch is dispatched.
    package var sequenceID: SequenceID?
    /// From 1, within the sequence.
    package var rank: Int?
    package var status: PreparationStatus
    /// Why it is broken, for its owner and administrators.
    package var brokenReason: String?
    package var visibility: Visibility
    /// Hidden from everyone but its owner and administrators, by a report that waits.
    package var isHidden: Bool
    package var originalName: String
    /// Bytes, as received.
    package var originalSize: Int64
    /// Lower-case hexadecimal, of the received bytes.
    package var originalSHA256: String
    /// Counts up whenever the derivatives are made anew; part of every object key, so an old link is dead.
    package var revision: Int
    /// `nil` until the darkroom has read them.
    package var tags: PictureTags?
    /// Degrees; what viewers show: from the tags, or computed from movement.
    package var heading: Double?
    package var isHeadingComputed: Bool
    package var redactions: [Redaction]
    /// What the darkroom wrote, by name; empty until prepared.
    package var derivatives: [Derivative]
    package var createdAt: Date
    package var updatedAt: Date

    package init(
        id: PictureID = PictureID(), accountID: AccountID, labelID: CameraLabelID, uploadSetID: UploadSetID,
        sequenceID: SequenceID? = nil, rank: Int? = nil, status: PreparationStatus = .waiting,
        brokenReason: String? = nil, visibility: Visibility = .loggedOnly, isHidden: Bool = false,
        originalName: String,
        originalSize: Int64, originalSHA256: String, revision: Int = 1, tags: PictureTags? = nil,
        heading: Double? = nil, isHeadingComputed: Bool = false, redactions: [Redaction] = [],
        derivatives: [Derivative] = [], createdAt: Date = .now, updatedAt: Date = .now
    ) {
        self.id = id
        self.accountID = accountID
        self.labelID = labelID
        self.uploadSetID = uploadSetID
        self.sequenceID = sequenceID
        self.rank = rank
        self.status = status
        self.brokenReason = brokenReason
        self.visibility = visibility
        self.isHidden = isHidden
        self.originalName = originalName
        self.originalSize = originalSize
        self.originalSHA256 = originalSHA256
        self.revision = revision
        self.tags = tags
        self.heading = heading
        self.isHeadingComputed = isHeadingComputed
        self.redactions = redactions
        self.derivatives = derivatives
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

import Foundation

package typealias ReportID = Identifier<Report>

/// A complaint about a picture or a sequence. While it waits, what it is about is hidden.
package struct Report: Hashable, Sendable {
    /// What is wrong; the words of Panoramax' API. All of them hide.
    package enum Issue: String, Codable, Sendable, CaseIterable {
        case blurMissing = "blur_missing"
        case blurExcess = "blur_excess"
        case inappropriate
        case privacy
        case pictureLowQuality = "picture_low_quality"
        case mislocated
        case copyright
        case other
    }

    package enum Status: String, Codable, Sendable, CaseIterable {
        case waiting
        /// Something was done about it.
        case solved = "closed_solved"
        /// There was nothing to be done.
        case ignored = "closed_ignored"
    }

    package let id: ReportID
    package let issue: Issue
    package let status: Status
    /// `nil` when it is about a whole sequence.
    package let pictureID: PictureID?
    /// `nil` when it is about one picture, or about a sequence that was cut anew since.
    package let sequenceID: SequenceID?
    /// The owner of the pictures.
    package let ownerID: AccountID
    package let labelID: CameraLabelID
    package let uploadSetID: UploadSetID
    /// `nil` for a guest, or an account that is gone.
    package let reporterID: AccountID?
    /// Where a guest wants to be answered.
    package let reporterEmail: String?
    package let reporterComments: String?
    /// Who last answered or closed it.
    package let resolverID: AccountID?
    package let resolverComments: String?
    package let createdAt: Date
    package let closedAt: Date?

    package init(
        id: ReportID, issue: Issue, status: Status, pictureID: PictureID?, sequenceID: SequenceID?, ownerID: AccountID,
        labelID: CameraLabelID, uploadSetID: UploadSetID, reporterID: AccountID?, reporterEmail: String?,
        reporterComments: String?, resolverID: AccountID?, resolverComments: String?, createdAt: Date, closedAt: Date?
    ) {
        self.id = id
        self.issue = issue
        self.status = status
        self.pictureID = pictureID
        self.sequenceID = sequenceID
        self.ownerID = ownerID
        self.labelID = labelID
        self.uploadSetID = uploadSetID
        self.reporterID = reporterID
        self.reporterEmail = reporterEmail
        self.reporterComments = reporterComments
        self.resolverID = resolverID
        self.resolverComments = resolverComments
        self.createdAt = createdAt
        self.closedAt = closedAt
    }
}

import Foundation

package typealias SequenceID = Identifier<PictureSequence>

/// Ordered pictures of one trip.
package struct PictureSequence: Hashable, Sendable {
    package let id: SequenceID
    package let accountID: AccountID
    package let labelID: CameraLabelID
    package let uploadSetID: UploadSetID
    package var title: String
    package var visibility: Visibility
    package var sortMethod: DispatchRules.SortMethod
    package var createdAt: Date
    package var updatedAt: Date

    package init(
        id: SequenceID = SequenceID(), accountID: AccountID, labelID: CameraLabelID, uploadSetID: UploadSetID,
        title: String, visibility: Visibility = .loggedOnly, sortMethod: DispatchRules.SortMethod = .timeAscending,
        createdAt: Date = .now, updatedAt: Date = .now
    ) {
        self.id = id
        self.accountID = accountID
        self.labelID = labelID
        self.uploadSetID = uploadSetID
        self.title = title
        self.visibility = visibility
        self.sortMethod = sortMethod
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

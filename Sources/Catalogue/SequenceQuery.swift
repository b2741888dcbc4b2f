import Domain
import Foundation

/// What a list of sequences asks for.
package struct SequenceQuery: Hashable, Sendable {
    package struct Position: Hashable, Sendable {
        /// What the list is sorted by.
        package let moment: Date
        package let id: SequenceID
        package init(moment: Date, id: SequenceID) {
            self.moment = moment
            self.id = id
        }
    }

    package var box: BoundingBox?
    package var from: Date?
    package var to: Date?
    package var account: AccountID?
    package var uploadSet: UploadSetID?
    package var label: CameraLabelID?
    package var filter: FilterExpression?
    package var createdAfter: Date?
    package var createdBefore: Date?
    package var sort = SequenceSort()
    package var after: Position?
    package var limit: Int

    package init(
        box: BoundingBox? = nil, from: Date? = nil, to: Date? = nil, account: AccountID? = nil,
        uploadSet: UploadSetID? = nil, after: Position? = nil, limit: Int = 100
    ) {
        self.box = box
        self.from = from
        self.to = to
        self.account = account
        self.uploadSet = uploadSet
        self.after = after
        self.limit = limit
    }
}

import Domain
import Foundation

/// What a list of the pictures that somebody may change asks for.
package struct OwnPictureQuery: Hashable, Sendable {
    package enum State: String, Sendable, CaseIterable {
        /// Those that are prepared and in a sequence, hidden ones included.
        case ready
        /// Of these the ones that only their owner and administrators see.
        case hidden
        /// On their way.
        case waiting
        case broken
    }

    package var state: State
    /// Nil: everybody's.
    package var account: AccountID?
    package var label: CameraLabelID?
    package var sequence: SequenceID?
    /// Of capture; both ends count.
    package var from: Date?
    package var to: Date?
    package var box: BoundingBox?
    package var order: OwnPictureOrder
    /// More are not put in an order that no index has: a page would have to read them all.
    package var mostSorted = 50_000
    /// The last row of the page before.
    package var after: PictureID?
    package var limit: Int

    package init(
        state: State = .ready, account: AccountID?, label: CameraLabelID? = nil, sequence: SequenceID? = nil,
        from: Date? = nil, to: Date? = nil, box: BoundingBox? = nil, order: OwnPictureOrder = OwnPictureOrder(),
        after: PictureID? = nil, limit: Int = 60
    ) {
        self.state = state
        self.account = account
        self.label = label
        self.sequence = sequence
        self.from = from
        self.to = to
        self.box = box
        self.order = order
        self.after = after
        self.limit = limit
    }
}

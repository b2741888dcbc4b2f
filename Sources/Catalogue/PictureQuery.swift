import Domain
import Foundation

/// What a search asks for; empty means everything the viewer may see.
package struct PictureQuery: Hashable, Sendable {
    /// The last row of the page before.
    package struct Position: Hashable, Sendable {
        package let capturedAt: Date
        package let id: PictureID
        package init(capturedAt: Date, id: PictureID) {
            self.capturedAt = capturedAt
            self.id = id
        }
    }

    package var box: BoundingBox?
    /// Both ends count; nil is open.
    package var from: Date?
    package var to: Date?
    package var ids: [PictureID]?
    package var sequences: [SequenceID]?
    package var after: Position?
    package var limit: Int

    package init(
        box: BoundingBox? = nil, from: Date? = nil, to: Date? = nil, ids: [PictureID]? = nil,
        sequences: [SequenceID]? = nil, after: Position? = nil, limit: Int = 10
    ) {
        self.box = box
        self.from = from
        self.to = to
        self.ids = ids
        self.sequences = sequences
        self.after = after
        self.limit = limit
    }
}

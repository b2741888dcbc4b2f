import Domain
import Foundation

/// A sequence as a line of a vector tile.
package struct MapSequence: Hashable, Sendable {
    package let id: SequenceID
    package let accountID: AccountID
    package let labelID: CameraLabelID
    package let capturedFrom: Date
    package let type: PictureType?
    package let model: String?
    package let line: [MapPoint]

    package init(
        id: SequenceID, accountID: AccountID, labelID: CameraLabelID, capturedFrom: Date, type: PictureType?,
        model: String?, line: [MapPoint]
    ) {
        self.id = id
        self.accountID = accountID
        self.labelID = labelID
        self.capturedFrom = capturedFrom
        self.type = type
        self.model = model
        self.line = line
    }
}

import Domain
import Foundation

/// A picture as a point of a vector tile.
package struct MapPicture: Hashable, Sendable {
    package let id: PictureID
    package let point: MapPoint
    package let capturedAt: Date
    package let heading: Double?
    package let accountID: AccountID
    package let labelID: CameraLabelID
    package let sequenceID: SequenceID
    package let type: PictureType
    package let model: String?

    package init(
        id: PictureID, point: MapPoint, capturedAt: Date, heading: Double?, accountID: AccountID,
        labelID: CameraLabelID, sequenceID: SequenceID, type: PictureType, model: String?
    ) {
        self.id = id
        self.point = point
        self.capturedAt = capturedAt
        self.heading = heading
        self.accountID = accountID
        self.labelID = labelID
        self.sequenceID = sequenceID
        self.type = type
        self.model = model
    }
}

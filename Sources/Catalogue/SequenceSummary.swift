import Domain
import Foundation

/// A sequence with the figures of its listed pictures.
package struct SequenceSummary: Hashable, Sendable {
    package let sequence: PictureSequence
    package let producer: String
    package let label: String
    /// Hidden as a whole, by a report that waits.
    package let isHidden: Bool
    package let pictures: Int
    package let box: BoundingBox?
    package let capturedFrom: Date?
    package let capturedTo: Date?
    /// Metres along the listed pictures.
    package let length: Double
    /// When all are of one type, make and model.
    package let type: PictureType?
    package let model: String?
    package var semantics: [SemanticTag] = []

    package init(
        sequence: PictureSequence, producer: String, label: String, isHidden: Bool = false, pictures: Int,
        box: BoundingBox?, capturedFrom: Date?, capturedTo: Date?, length: Double, type: PictureType?, model: String?
    ) {
        self.sequence = sequence
        self.producer = producer
        self.label = label
        self.isHidden = isHidden
        self.pictures = pictures
        self.box = box
        self.capturedFrom = capturedFrom
        self.capturedTo = capturedTo
        self.length = length
        self.type = type
        self.model = model
    }
}

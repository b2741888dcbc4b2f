import Domain
import Foundation

/// A picture with what an item document shows around it.
package struct PictureItem: Hashable, Sendable {
    /// A neighbour in the sequence.
    package struct Neighbour: Hashable, Sendable {
        package let id: PictureID
        package let position: GeoPoint
        package init(id: PictureID, position: GeoPoint) {
            self.id = id
            self.position = position
        }
    }

    /// The nearest picture of another sequence.
    package struct Related: Hashable, Sendable {
        package let id: PictureID
        package let sequenceID: SequenceID
        package let position: GeoPoint
        package let capturedAt: Date
    }

    /// Without its redactions and without `tags.exif`: no item shows the former, and the latter is `exif`.
    package let picture: Picture
    /// The remaining readable tags as they are stored: the text of a JSON object, so that a page of items is written
    /// without reading and writing each of them. Nil until the darkroom has read them.
    package let exif: String?
    /// Name of the account it came from.
    package let producer: String
    /// Name of its camera label.
    package let label: String
    /// What was done to it before it came here, in its sender's words.
    package let lineage: String?
    package var previous: Neighbour?
    package var next: Neighbour?
    /// Where one can change to another sequence, the nearest first; only of an item that is asked for by itself.
    package var related: [Related] = []
    /// What people said of the picture.
    package var semantics: [SemanticTag] = []
    /// Regions of it, and what people and models said of them.
    package var annotations: [Annotation] = []
    /// What is stored of its raw file; only for those who may fetch it.
    package var raw: OriginalFile?
    /// What people said of its sequence.
    package var sequenceSemantics: [SemanticTag] = []

    package init(
        picture: Picture, exif: String?, producer: String, label: String, lineage: String? = nil,
        previous: Neighbour? = nil, next: Neighbour? = nil
    ) {
        self.picture = picture
        self.exif = exif
        self.producer = producer
        self.label = label
        self.lineage = lineage
        self.previous = previous
        self.next = next
    }
}

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

    package let picture: Picture
    /// Name of the account it came from.
    package let producer: String
    /// Name of its camera label.
    package let label: String
    package let previous: Neighbour?
    package let next: Neighbour?
    /// What people said of the picture.
    package var semantics: [SemanticTag] = []
    /// Regions of it, and what people and models said of them.
    package var annotations: [Annotation] = []
    /// What people said of its sequence.
    package var sequenceSemantics: [SemanticTag] = []

    package init(picture: Picture, producer: String, label: String, previous: Neighbour?, next: Neighbour?) {
        self.picture = picture
        self.producer = producer
        self.label = label
        self.previous = previous
        self.next = next
    }
}

import Domain
import Foundation

/// Ids of many pictures in 16 bytes each, in the order in which they are taken out.
package struct ChosenPictures: Sendable {
    private var ids: [UUID] = []

    package var count: Int { ids.count }

    mutating func append(_ id: PictureID) {
        // What the catalogue gave out is a UUID.
        guard let uuid = UUID(uuidString: id.string) else { return }
        ids.append(uuid)
    }

    /// The ids at these places, those beyond the end left out.
    package func ids(_ range: Range<Int>) -> [PictureID] {
        ids[range.clamped(to: ids.indices)].compactMap { PictureID($0.uuidString) }
    }
}

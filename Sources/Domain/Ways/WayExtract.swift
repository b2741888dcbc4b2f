import Foundation

/// The ways that pictures are linked to: a part of OpenStreetMap that an administrator has loaded.
package struct WayExtract: Hashable, Sendable {
    package let number: Int64
    /// What whoever loaded it calls it.
    package let name: String
    package let loadedAt: Date
    package let ways: Int
    package let box: BoundingBox?

    package init(number: Int64, name: String, loadedAt: Date, ways: Int, box: BoundingBox?) {
        self.number = number
        self.name = name
        self.loadedAt = loadedAt
        self.ways = ways
        self.box = box
    }
}

import Domain
import Foundation

/// Keeps pictures of a tile few: all of them while there is room, else the newest of each cell, in larger cells whenever
/// there are still too many. They come in the order of their codes, so that those of one cell follow each other.
struct MapThinning {
    private let most: Int
    /// Nil while there is room for all.
    private var shift: Int64?
    /// The finest cells are the units of the tile: 2¹² to a side.
    private let finest: Int64
    private(set) var pictures: [MapPicture] = []

    /// - Parameter z: zoom of the tile.
    init(most: Int, z: Int) {
        self.most = most
        finest = Int64(2 * max(0, Morton.zoom - z - 12))
    }

    /// Adds the picture at that place, unless a newer one of its cell is there; `make` is called only when it is added.
    mutating func add(_ code: Int64, capturedAt: Date, _ make: () throws -> MapPicture) rethrows {
        if let last = pictures.last, isOneCell(last.point.code, code) {
            guard capturedAt > last.capturedAt else { return }
            pictures.removeLast()
        }
        pictures.append(try make())
        while pictures.count > most, shift ?? 0 < 2 * Int64(Morton.zoom) {
            shift = shift.map { $0 + 2 } ?? finest
            let all = pictures
            pictures.removeAll(keepingCapacity: true)
            for picture in all { join(picture) }
        }
    }

    private mutating func join(_ picture: MapPicture) {
        guard let last = pictures.last, isOneCell(last.point.code, picture.point.code) else {
            return pictures.append(picture)
        }
        if picture.capturedAt > last.capturedAt { pictures[pictures.count - 1] = picture }
    }

    private func isOneCell(_ left: Int64, _ right: Int64) -> Bool { shift.map { left >> $0 == right >> $0 } ?? false }
}

import Domain
import Foundation

/// Where and when (STAC collection, `extent`).
enum STACExtent {
    static func json(box: BoundingBox?, from: Date?, to: Date?) -> JSON {
        let box = box ?? .world
        return [
            "spatial": ["bbox": [[.double(box.west), .double(box.south), .double(box.east), .double(box.north)]]],
            "temporal": ["interval": [[.optional(from.map(RFC3339.string)), .optional(to.map(RFC3339.string))]]],
        ]
    }
}

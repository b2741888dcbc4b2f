/// A way of OpenStreetMap, as far as pictures are linked to it.
package struct Way: Hashable, Sendable {
    /// As OpenStreetMap numbers it.
    package let id: Int64
    package let line: [GeoPoint]

    package init(id: Int64, line: [GeoPoint]) {
        self.id = id
        self.line = line
    }

    /// The key of the tag that links a picture to a way; its value is the way's number. Keys about OpenStreetMap begin with
    /// `osm|`, as Panoramax has it.
    package static let tagKey = "osm|way"

    package var tag: SemanticTag { SemanticTag(key: Self.tagKey, value: String(id)) }
}

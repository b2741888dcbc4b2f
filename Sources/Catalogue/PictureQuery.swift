import Domain
import Foundation

/// What a search asks for; empty means everything the viewer may see.
package struct PictureQuery: Hashable, Sendable {
    /// A row that a page begins after.
    package struct Position: Hashable, Sendable {
        /// What the row is ordered by.
        package let values: [SQLValue]
        package let id: PictureID

        package init(values: [SQLValue], id: PictureID) {
            self.values = values
            self.id = id
        }

        /// In the usual order.
        package init(capturedAt: Date, id: PictureID) { self.init(values: [.time(capturedAt)], id: id) }
    }

    /// A property that pictures are put in order by; where it is not known comes last.
    package struct Order: Hashable, Sendable {
        package let property: String
        package let isDescending: Bool
        package init(_ property: String, isDescending: Bool) {
            self.property = property
            self.isDescending = isDescending
        }
    }

    /// Newest first.
    package static let usualOrder = [Order("datetime", isDescending: true)]

    /// What lies nearest to `centre` first.
    package static let nearestOrder = [Order("@nearest", isDescending: false)]

    /// Degrees; a box or an area no larger has a middle that is asked about.
    private static let near = 0.01

    /// The place that is asked about: the one that pictures look at, or the middle of a small box or area.
    package var centre: GeoPoint? {
        if let view { return view.place }
        guard let box = box ?? area?.box, (0...Self.near).contains(box.east - box.west),
            (0...Self.near).contains(box.north - box.south)
        else { return nil }
        return GeoPoint(longitude: (box.west + box.east) / 2, latitude: (box.south + box.north) / 2)
    }

    package var box: BoundingBox?
    /// Both ends count; nil is open.
    package var from: Date?
    package var to: Date?
    package var ids: [PictureID]?
    package var sequences: [SequenceID]?
    /// The picture lies in it or on its edge.
    package var area: GeoFigure?
    /// The picture looks at a place.
    package var view: PictureView?
    package var filter: FilterExpression?
    /// At least one property; ids tell equal rows apart.
    package var order: [Order]
    package var after: Position?
    /// Whether the page ends before `after` instead, its rows still in order.
    package var isBackwards = false
    package var limit: Int
    /// The most pictures that are read to put them in an order that no index has.
    package var mostOrdered = 200_000

    package init(
        box: BoundingBox? = nil, from: Date? = nil, to: Date? = nil, ids: [PictureID]? = nil,
        sequences: [SequenceID]? = nil, after: Position? = nil, limit: Int = 10, filter: FilterExpression? = nil,
        order: [Order] = PictureQuery.usualOrder
    ) {
        self.box = box
        self.from = from
        self.to = to
        self.ids = ids
        self.sequences = sequences
        self.after = after
        self.limit = limit
        self.filter = filter
        self.order = order
    }
}

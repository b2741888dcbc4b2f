/// A closed line around a part of the Earth; straight in degrees, as GeoJSON has it (RFC 7946 §3.1.1).
package struct GeoRing: Hashable, Sendable {
    package enum Side: Hashable, Sendable {
        case inside, edge, outside
    }

    /// The last point is the first once more.
    package let points: [GeoPoint]
    package let box: BoundingBox
    /// For each of some bands of latitude, south to north, the sides that touch it: a long ring is not walked whole
    /// for each picture.
    private let bands: [[Int32]]

    /// Nil unless it is closed and has at least four points, the last included.
    package init?(_ points: [GeoPoint]) {
        guard points.count >= 4, points.first == points.last, let box = BoundingBox(around: points) else { return nil }
        self.points = points
        self.box = box
        bands = Self.bands(of: points, box)
    }

    /// Whether every point is on one line, so that nothing is enclosed.
    package var isFlat: Bool {
        guard let first = points.first, let other = points.first(where: { $0 != first }) else { return true }
        return points.allSatisfy { Orientation.sign(first, other, $0) == 0 }
    }

    /// Where a point is, by the even-odd rule; exact, on the edge too.
    package func side(of point: GeoPoint) -> Side {
        guard box.contains(point) else { return .outside }
        var isInside = false
        for index in bands[Self.band(of: point.latitude, in: box, bands.count)] {
            let (start, end) = (points[Int(index)], points[Int(index) + 1])
            let (low, high) = start.latitude < end.latitude ? (start, end) : (end, start)
            guard point.latitude >= low.latitude, point.latitude <= high.latitude else { continue }
            let turn = Orientation.sign(low, high, point)
            let (west, east) = (min(low.longitude, high.longitude), max(low.longitude, high.longitude))
            if turn == 0, point.longitude >= west, point.longitude <= east { return .edge }
            // A corner belongs to the side above it alone, so that a line through it counts once.
            if turn > 0, point.latitude < high.latitude { isInside.toggle() }
        }
        return isInside ? .inside : .outside
    }

    private static let mostBands = 64

    private static func bands(of points: [GeoPoint], _ box: BoundingBox) -> [[Int32]] {
        let count = min(mostBands, max(1, points.count / 8))
        var bands = [[Int32]](repeating: [], count: count)
        for index in 0..<points.count - 1 {
            let (one, other) = (points[index].latitude, points[index + 1].latitude)
            for each in band(of: min(one, other), in: box, count)...band(of: max(one, other), in: box, count) {
                bands[each].append(Int32(index))
            }
        }
        return bands
    }

    private static func band(of latitude: Double, in box: BoundingBox, _ count: Int) -> Int {
        let height = box.north - box.south
        guard height > 0 else { return 0 }
        return min(count - 1, max(0, Int((latitude - box.south) / height * Double(count))))
    }

    package static func == (left: GeoRing, right: GeoRing) -> Bool { left.points == right.points }
    package func hash(into hasher: inout Hasher) { hasher.combine(points) }
}

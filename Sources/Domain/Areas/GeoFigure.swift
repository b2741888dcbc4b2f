/// A GeoJSON geometry of any type (RFC 7946 §3.1), as the set of places that a picture may be among. Heights are not
/// kept.
package indirect enum GeoFigure: Hashable, Sendable {
    case point(GeoPoint)
    case multiPoint([GeoPoint])
    case lineString([GeoPoint])
    case multiLineString([[GeoPoint]])
    case polygon(GeoPolygon)
    case multiPolygon([GeoPolygon])
    case collection([GeoFigure])

    /// Positions of one figure, closing ones included.
    package static let mostPoints = 10_000

    /// A box, its edge included; in two parts when it crosses the antimeridian.
    package init(_ box: BoundingBox) {
        let polygons = box.parts.compactMap { part -> GeoPolygon? in
            let corners = [
                (part.west, part.south), (part.east, part.south), (part.east, part.north), (part.west, part.north),
                (part.west, part.south),
            ]
            return GeoRing(corners.map { GeoPoint(longitude: $0.0, latitude: $0.1) }).map { GeoPolygon(outline: $0) }
        }
        self = polygons.count == 1 ? .polygon(polygons[0]) : .multiPolygon(polygons)
    }

    /// Where a point is in the sense of OGC Simple Features §6.1.15: in the interior, on the boundary, or outside. 180° W
    /// and 180° E are one line.
    package func side(of point: GeoPoint) -> GeoRing.Side {
        let side = plainSide(of: point)
        guard side == .outside, point.longitude.magnitude == 180 else { return side }
        return plainSide(of: GeoPoint(longitude: -point.longitude, latitude: point.latitude))
    }

    private func plainSide(of point: GeoPoint) -> GeoRing.Side {
        switch self {
        case .point(let own): own == point ? .inside : .outside
        case .multiPoint(let points): points.contains(point) ? .inside : .outside
        case .lineString(let line): Self.side(of: point, on: [line])
        case .multiLineString(let lines): Self.side(of: point, on: lines)
        case .polygon(let polygon): polygon.side(of: point)
        case .multiPolygon(let polygons): Self.nearest(polygons.map { $0.side(of: point) })
        case .collection(let figures): Self.nearest(figures.map { $0.plainSide(of: point) })
        }
    }

    /// What several parts make of a point together.
    private static func nearest(_ sides: [GeoRing.Side]) -> GeoRing.Side {
        if sides.contains(.inside) { return .inside }
        return sides.contains(.edge) ? .edge : .outside
    }

    /// The boundary of lines are the ends that an odd number of open ones share.
    private static func side(of point: GeoPoint, on lines: [[GeoPoint]]) -> GeoRing.Side {
        var ends = 0
        var isOn = false
        for line in lines {
            if line.first != line.last { ends += (line.first == point ? 1 : 0) + (line.last == point ? 1 : 0) }
            isOn = isOn || zip(line, line.dropFirst()).contains { Self.isBetween(point, $0, $1) }
        }
        if ends % 2 == 1 { return .edge }
        return isOn ? .inside : .outside
    }

    private static func isBetween(_ point: GeoPoint, _ a: GeoPoint, _ b: GeoPoint) -> Bool {
        guard min(a.longitude, b.longitude) <= point.longitude, point.longitude <= max(a.longitude, b.longitude),
            min(a.latitude, b.latitude) <= point.latitude, point.latitude <= max(a.latitude, b.latitude)
        else { return false }
        return Orientation.sign(a, b, point) == 0
    }

    /// The one place it consists of, when it is no more than that.
    package var onlyPoint: GeoPoint? {
        switch self {
        case .point(let point): return point
        case .multiPoint(let points): return points.allSatisfy { $0 == points.first } ? points.first : nil
        case .collection(let figures):
            let points = figures.map(\.onlyPoint)
            return points.allSatisfy { $0 == points.first } ? points.first ?? nil : nil
        default: return nil
        }
    }

    /// Around all of it; never across the antimeridian. Nil for an empty one.
    package var box: BoundingBox? { BoundingBox(around: points) }

    private var points: [GeoPoint] {
        switch self {
        case .point(let point): [point]
        case .multiPoint(let points), .lineString(let points): points
        case .multiLineString(let lines): lines.flatMap(\.self)
        case .polygon(let polygon): polygon.outline.points
        case .multiPolygon(let polygons): polygons.flatMap(\.outline.points)
        case .collection(let figures): figures.flatMap(\.points)
        }
    }
}

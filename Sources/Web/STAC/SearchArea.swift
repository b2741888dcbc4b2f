import Domain

/// A GeoJSON geometry that pictures are looked for in (RFC 7946): points and polygons.
struct SearchArea {
    private typealias Ring = [GeoPoint]
    private enum Shape {
        case points(Set<GeoPoint>)
        case polygons([[Ring]])
    }

    private let shape: Shape
    /// Around all of it.
    let box: BoundingBox
    private static let mostCorners = 10_000

    /// Throws `.invalid` with what is wrong.
    init(_ geometry: JSON) throws {
        guard case .object(let object) = geometry, case .string(let type)? = object["type"],
            let coordinates = object["coordinates"]
        else { throw Self.malformed }
        switch type {
        case "Point": shape = .points([try Self.point(coordinates)])
        case "MultiPoint": shape = .points(Set(try Self.array(coordinates).map(Self.point)))
        case "Polygon": shape = .polygons([try Self.polygon(coordinates)])
        case "MultiPolygon": shape = .polygons(try Self.array(coordinates).map(Self.polygon))
        default: throw Failure(.invalid, "'intersects' takes Point, MultiPoint, Polygon and MultiPolygon.")
        }
        let corners: [GeoPoint]
        switch shape {
        case .points(let points): corners = Array(points)
        case .polygons(let polygons): corners = polygons.flatMap { $0.flatMap(\.self) }
        }
        guard corners.count <= Self.mostCorners, let box = BoundingBox(around: corners) else { throw Self.malformed }
        self.box = box
    }

    /// Whether the point lies in it; on a polygon by the even-odd rule, holes left out.
    func contains(_ point: GeoPoint) -> Bool {
        switch shape {
        case .points(let points): points.contains(point)
        case .polygons(let polygons): polygons.contains { Self.isInside(point, of: $0) }
        }
    }

    private static func isInside(_ point: GeoPoint, of rings: [Ring]) -> Bool {
        var isInside = false
        for ring in rings {
            for (a, b) in zip(ring, ring.dropFirst())
            where (a.latitude > point.latitude) != (b.latitude > point.latitude) {
                let share = (point.latitude - a.latitude) / (b.latitude - a.latitude)
                if point.longitude < a.longitude + share * (b.longitude - a.longitude) { isInside.toggle() }
            }
        }
        return isInside
    }

    private static func polygon(_ value: JSON) throws -> [Ring] {
        try array(value).map { ring in
            let points = try array(ring).map(point)
            guard points.count >= 4, points.first == points.last else {
                throw Failure(.invalid, "A ring of a polygon has 4 corners or more, the last equal to the first.")
            }
            return points
        }
    }

    private static func point(_ value: JSON) throws -> GeoPoint {
        let numbers = try array(value).map { value in
            switch value {
            case .int(let number): Double(number)
            case .double(let number): number
            default: throw malformed
            }
        }
        guard numbers.count >= 2, (-180...180).contains(numbers[0]), (-90...90).contains(numbers[1]) else {
            throw malformed
        }
        return GeoPoint(longitude: numbers[0], latitude: numbers[1])
    }

    private static func array(_ value: JSON) throws -> [JSON] {
        guard case .array(let values) = value else { throw malformed }
        return values
    }

    private static let malformed = Failure(.invalid, "'intersects' is not a GeoJSON geometry in degrees.")
}

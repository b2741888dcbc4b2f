extension GeoShape {
    /// The coordinates of a GeoJSON MultiPolygon (RFC 7946 §3.1.7): polygons, rings, positions, numbers.
    ///
    /// - Throws: `.unprocessable` with the part that is wrong, counted from 1.
    package init(coordinates: [[[[Double]]]]) throws {
        let count = coordinates.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } }
        guard count <= Self.mostPoints else {
            throw Failure(
                .unprocessable, "An area has at most \(Self.mostPoints) points; this one has \(count).",
                details: ["points": "\(count)"])
        }
        let polygons = try coordinates.enumerated().map { number, rings in
            try Self.polygon(rings, named: "polygon \(number + 1)")
        }
        guard let shape = GeoShape(polygons) else {
            throw Failure(.unprocessable, "An area needs at least one polygon.")
        }
        self = shape
    }

    /// As for `init(coordinates:)`; altitudes are not kept.
    package var coordinates: [[[[Double]]]] {
        polygons.map { polygon in
            ([polygon.outline] + polygon.holes).map { $0.points.map { [$0.longitude, $0.latitude] } }
        }
    }

    private static func polygon(_ rings: [[[Double]]], named name: String) throws -> GeoPolygon {
        let rings = try rings.enumerated().map { try ring($1, named: "\(name), ring \($0 + 1)") }
        guard let outline = rings.first else { throw wrong(name, "has no ring") }
        return GeoPolygon(outline: outline, holes: Array(rings.dropFirst()))
    }

    private static func ring(_ positions: [[Double]], named name: String) throws -> GeoRing {
        let points = try positions.enumerated().map { try point($1, named: "\(name), position \($0 + 1)") }
        guard points.count >= 4 else { throw wrong(name, "has fewer than four positions") }
        guard let ring = GeoRing(points) else { throw wrong(name, "is not closed: its last position is not its first") }
        guard !ring.isFlat else { throw wrong(name, "encloses nothing") }
        return ring
    }

    private static func point(_ numbers: [Double], named name: String) throws -> GeoPoint {
        guard (2...3).contains(numbers.count) else {
            throw wrong(name, "is not a longitude and a latitude")
        }
        guard (-180...180).contains(numbers[0]) else {
            throw wrong(name, "has a longitude outside −180 to 180; cut what crosses the antimeridian in two")
        }
        guard (-90...90).contains(numbers[1]) else { throw wrong(name, "has a latitude outside −90 to 90") }
        return GeoPoint(longitude: numbers[0], latitude: numbers[1])
    }

    private static func wrong(_ part: String, _ what: String) -> Failure {
        Failure(.unprocessable, "The area cannot be used: \(part) \(what).", details: ["part": part])
    }
}

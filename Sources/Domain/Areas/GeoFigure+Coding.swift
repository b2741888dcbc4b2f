import Foundation

/// GeoJSON (RFC 7946 §3.1). What cannot be read throws `.invalid` with the part that is wrong.
extension GeoFigure: Codable {
    private enum CodingKeys: CodingKey {
        case type, coordinates, geometries
    }

    package init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: CodingKeys.self)
        let type = try object.decode(String.self, forKey: .type)
        func coordinates<Value: Decodable>(_: Value.Type = Value.self) throws -> Value {
            try object.decode(Value.self, forKey: .coordinates)
        }
        switch type {
        case "Point": self = .point(try Self.point(coordinates()))
        case "MultiPoint": self = .multiPoint(try Self.points(coordinates(), atLeast: 1, named: type))
        case "LineString": self = .lineString(try Self.points(coordinates(), atLeast: 2, named: type))
        case "MultiLineString":
            let lines: [[[Double]]] = try coordinates()
            self = .multiLineString(try lines.map { try Self.points($0, atLeast: 2, named: type) })
        case "Polygon": self = .polygon(try Self.polygon(coordinates()))
        case "MultiPolygon":
            let polygons: [[[[Double]]]] = try coordinates()
            self = .multiPolygon(try polygons.map(Self.polygon))
        case "GeometryCollection":
            guard decoder.codingPath.count < 8 else { throw Self.wrong("Its collections lie too deep in one another") }
            self = .collection(try object.decode([GeoFigure].self, forKey: .geometries))
        default: throw Self.wrong("'\(type.prefix(40))' is no type of geometry")
        }
        guard box != nil else { throw Self.wrong("It has no positions") }
        guard size <= Self.mostPoints else { throw Self.wrong("It has more than \(Self.mostPoints) positions") }
    }

    package func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: CodingKeys.self)
        try object.encode(typeName, forKey: .type)
        switch self {
        case .point(let point): try object.encode(Self.numbers(point), forKey: .coordinates)
        case .multiPoint(let points), .lineString(let points):
            try object.encode(points.map(Self.numbers), forKey: .coordinates)
        case .multiLineString(let lines):
            try object.encode(lines.map { $0.map(Self.numbers) }, forKey: .coordinates)
        case .polygon(let polygon): try object.encode(Self.numbers(polygon), forKey: .coordinates)
        case .multiPolygon(let polygons): try object.encode(polygons.map(Self.numbers), forKey: .coordinates)
        case .collection(let figures): try object.encode(figures, forKey: .geometries)
        }
    }

    /// As GeoJSON spells it.
    private var typeName: String {
        switch self {
        case .point: "Point"
        case .multiPoint: "MultiPoint"
        case .lineString: "LineString"
        case .multiLineString: "MultiLineString"
        case .polygon: "Polygon"
        case .multiPolygon: "MultiPolygon"
        case .collection: "GeometryCollection"
        }
    }

    /// Positions, those of holes too.
    private var size: Int {
        switch self {
        case .point: 1
        case .multiPoint(let points), .lineString(let points): points.count
        case .multiLineString(let lines): lines.reduce(0) { $0 + $1.count }
        case .polygon(let polygon): Self.size(polygon)
        case .multiPolygon(let polygons): polygons.reduce(0) { $0 + Self.size($1) }
        case .collection(let figures): figures.reduce(0) { $0 + $1.size }
        }
    }

    private static func size(_ polygon: GeoPolygon) -> Int {
        polygon.holes.reduce(polygon.outline.points.count) { $0 + $1.points.count }
    }

    private static func numbers(_ point: GeoPoint) -> [Double] { [point.longitude, point.latitude] }

    private static func numbers(_ polygon: GeoPolygon) -> [[[Double]]] {
        ([polygon.outline] + polygon.holes).map { $0.points.map(numbers) }
    }

    private static func polygon(_ rings: [[[Double]]]) throws -> GeoPolygon {
        let rings = try rings.map { positions in
            let points = try points(positions, atLeast: 4, named: "ring of a polygon")
            guard let ring = GeoRing(points) else {
                throw wrong("A ring of a polygon ends where it began: its last position is its first")
            }
            return ring
        }
        guard let outline = rings.first else { throw wrong("A polygon has at least one ring") }
        return GeoPolygon(outline: outline, holes: Array(rings.dropFirst()))
    }

    private static func points(_ positions: [[Double]], atLeast least: Int, named name: String) throws -> [GeoPoint] {
        guard positions.count >= least else { throw wrong("A \(name) has \(least) positions or more") }
        return try positions.map(point)
    }

    private static func point(_ numbers: [Double]) throws -> GeoPoint {
        guard (2...4).contains(numbers.count) else { throw wrong("A position is a longitude and a latitude") }
        guard (-180...180).contains(numbers[0]) else { throw wrong("A longitude lies between -180 and 180") }
        guard (-90...90).contains(numbers[1]) else { throw wrong("A latitude lies between -90 and 90") }
        return GeoPoint(longitude: numbers[0], latitude: numbers[1])
    }

    private static func wrong(_ what: String) -> Failure {
        Failure(.invalid, "The geometry cannot be used. \(what).", details: ["part": "geometry"])
    }
}

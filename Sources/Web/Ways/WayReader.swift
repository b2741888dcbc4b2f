import Domain
import Foundation

/// Reads the ways of an extract of OpenStreetMap from GeoJSON (RFC 7946), as Overpass, osmium and ogr2ogr write it: lines
/// with the way's number as their id or one of their properties.
enum WayReader {
    /// Bytes of the whole file.
    static let largest = 32 << 20

    /// Throws `.unprocessable` for what is no GeoJSON, and when there is no way in it.
    ///
    /// - Returns: the ways, and how many features were none.
    static func read(_ bytes: Data) throws -> (ways: [Way], others: Int) {
        guard !bytes.starts(with: Data("SQLite format 3".utf8)) else {
            throw Failure(
                .unprocessable, "A GeoPackage is not read here; write the ways as GeoJSON, for instance with ogr2ogr.")
        }
        guard let collection = try? JSONDecoder().decode(Collection.self, from: bytes) else {
            throw Failure(.unprocessable, "This is no GeoJSON feature collection.")
        }
        let ways = collection.features.flatMap(\.ways)
        guard !ways.isEmpty else {
            throw Failure(
                .unprocessable, "There is no way in this file: lines need their OpenStreetMap number as @id or osm_id.")
        }
        return (ways, collection.features.count { $0.ways.isEmpty })
    }

    private struct Collection: Decodable {
        let features: [Feature]
    }

    private struct Feature: Decodable {
        let ways: [Way]

        private enum Keys: String, CodingKey { case id, properties, geometry }
        private enum Names: String, CodingKey, CaseIterable {
            case atID = "@id"
            case osmID = "osm_id"
            case wayID = "osm_way_id"
            case id
        }
        private enum Shape: String, CodingKey { case type, coordinates }

        init(from decoder: any Decoder) throws {
            let feature = try decoder.container(keyedBy: Keys.self)
            var number = Self.number(feature, .id)
            if let properties = try? feature.nestedContainer(keyedBy: Names.self, forKey: .properties) {
                number = Names.allCases.lazy.compactMap { Self.number(properties, $0) }.first ?? number
            }
            guard let number, let shape = try? feature.nestedContainer(keyedBy: Shape.self, forKey: .geometry) else {
                ways = []
                return
            }
            ways = try Self.lines(shape).map { Way(id: number, line: $0) }
        }

        private static func lines(_ shape: KeyedDecodingContainer<Shape>) throws -> [[GeoPoint]] {
            let lines: [[[Double]]]
            switch try shape.decode(String.self, forKey: .type) {
            case "LineString": lines = [try shape.decode([[Double]].self, forKey: .coordinates)]
            case "MultiLineString": lines = try shape.decode([[[Double]]].self, forKey: .coordinates)
            default: return []
            }
            return lines.map { $0.compactMap(point) }.filter { $0.count > 1 }
        }

        private static func point(_ numbers: [Double]) -> GeoPoint? {
            guard numbers.count >= 2, (-180...180).contains(numbers[0]), (-90...90).contains(numbers[1]) else {
                return nil
            }
            return GeoPoint(longitude: numbers[0], latitude: numbers[1])
        }

        /// `way/123`, `w123`, `"123"` or 123; nil for a node or a relation.
        private static func number<Key>(_ container: KeyedDecodingContainer<Key>, _ key: Key) -> Int64? {
            if let value = try? container.decode(Int64.self, forKey: key) { return value > 0 ? value : nil }
            guard let text = try? container.decode(String.self, forKey: key) else { return nil }
            let digits =
                text.hasPrefix("way/") ? text.dropFirst(4) : text.hasPrefix("w") ? text.dropFirst(1) : text[...]
            return Int64(digits).flatMap { $0 > 0 ? $0 : nil }
        }
    }
}

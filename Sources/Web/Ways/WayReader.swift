import Domain
import Foundation
import GeoPackage
import Storage

/// Reads the ways of an extract of OpenStreetMap from a GeoPackage or from GeoJSON (RFC 7946), as Overpass, osmium, QGIS and
/// ogr2ogr write them: lines with the way's number as their id or one of their properties.
enum WayReader {
    /// Bytes of the whole file.
    static let largest = 32 << 20

    /// Throws `.unprocessable` for what is neither, and when there is no way in it.
    ///
    /// - Returns: the ways, and how many features were none.
    static func read(_ bytes: Data) async throws -> (ways: [Way], others: Int) {
        let found = try await BlockingWork.run {
            GeoPackageWays.isDatabase(bytes) ? try GeoPackageWays.read(bytes) : try features(bytes)
        }
        guard !found.ways.isEmpty else {
            throw Failure(
                .unprocessable, "There is no way in this file: lines need their OpenStreetMap number as @id or osm_id.")
        }
        return found
    }

    private static func features(_ bytes: Data) throws -> (ways: [Way], others: Int) {
        guard let collection = try? JSONDecoder().decode(Collection.self, from: bytes) else {
            throw Failure(.unprocessable, "This is neither a GeoJSON feature collection nor a GeoPackage.")
        }
        return (collection.features.flatMap(\.ways), collection.features.count { $0.ways.isEmpty })
    }

    private struct Collection: Decodable {
        let features: [Feature]
    }

    private struct Feature: Decodable {
        let ways: [Way]

        private enum Keys: String, CodingKey { case id, properties, geometry }
        private struct Name: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }
        private enum Shape: String, CodingKey { case type, coordinates }

        init(from decoder: any Decoder) throws {
            let feature = try decoder.container(keyedBy: Keys.self)
            let properties = try? feature.nestedContainer(keyedBy: Name.self, forKey: .properties)
            let number = properties.flatMap { Self.number($0) } ?? Self.number(feature, .id)
            guard let number, properties.map(Self.isStreet) ?? true,
                let shape = try? feature.nestedContainer(keyedBy: Shape.self, forKey: .geometry)
            else {
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

        private static func number(_ properties: KeyedDecodingContainer<Name>) -> Int64? {
            Way.numberNames.lazy.compactMap { number(properties, Name(stringValue: $0)) }.first
        }

        /// A file without `highway` has what its maker chose; in one that has it, fences and rivers are empty there.
        private static func isStreet(_ properties: KeyedDecodingContainer<Name>) -> Bool {
            let highway = Name(stringValue: "highway")
            guard properties.contains(highway) else { return true }
            return (try? properties.decode(String.self, forKey: highway))?.isEmpty == false
        }

        /// Nil for a node or a relation.
        private static func number<Key>(_ container: KeyedDecodingContainer<Key>, _ key: Key) -> Int64? {
            if let value = try? container.decode(Int64.self, forKey: key) { return value > 0 ? value : nil }
            return (try? container.decode(String.self, forKey: key)).flatMap(Way.number(in:))
        }
    }
}

import Domain
import Foundation
import GRDB

/// The columns of a layer that say which way of OpenStreetMap a line is.
struct WayColumns {
    let query: String
    /// How many columns of the query may have the number; they come after the line, `highway` and `osm_type`.
    private let numbers: Int

    /// Nil when there is no number.
    init?(_ layer: GeoPackageLayer, _ database: Database) throws {
        let columns = try Row.fetchAll(
            database, sql: "SELECT name, pk FROM pragma_table_xinfo(?)", arguments: [layer.table]
        ).map { (name: $0[0] as String, isKey: ($0[1] as Int) > 0) }
        func named(_ name: String) -> String? { columns.first { $0.name.lowercased() == name }?.name }
        let names = Way.numberNames.compactMap { wanted in
            // A key called `id` numbers the rows of the file, not the ways.
            columns.first { $0.name.lowercased() == wanted && !(wanted == "id" && $0.isKey) }?.name
        }
        guard !names.isEmpty, let geometry = named(layer.geometry.lowercased()) else { return nil }
        let highway = named("highway").map(GeoPackageLayer.quoted) ?? "'any'"
        let type = named("osm_type").map(GeoPackageLayer.quoted) ?? "'way'"
        let chosen = names.map(GeoPackageLayer.quoted).joined(separator: ", ")
        query = """
            SELECT \(GeoPackageLayer.quoted(geometry)), \(highway), \(type), \(chosen)
            FROM \(GeoPackageLayer.quoted(layer.table))
            """
        numbers = names.count
    }

    /// One for each of its lines; none for a river, a relation, or what has no line. Throws `.unprocessable` for a damaged one.
    func ways(_ row: Row) throws -> [Way] {
        guard isStreet(row[1]), isWay(row[2]),
            let number = (0..<numbers).lazy.compactMap({ Self.parsed(row[3 + $0]) }).first,
            case .blob(let geometry) = (row[0] as DatabaseValue).storage
        else { return [] }
        return try GeoPackageLines.lines(in: geometry).filter { $0.count > 1 }.map { Way(id: number, line: $0) }
    }

    /// A layer without `highway` has what its maker chose; in one that has it, fences and rivers are empty there.
    private func isStreet(_ value: DatabaseValue) -> Bool {
        String.fromDatabaseValue(value).map { !$0.isEmpty } ?? false
    }

    private func isWay(_ value: DatabaseValue) -> Bool {
        ["way", "w"].contains(String.fromDatabaseValue(value)?.lowercased() ?? "way")
    }

    private static func parsed(_ value: DatabaseValue) -> Int64? {
        switch value.storage {
        case .int64(let number): number > 0 ? number : nil
        case .double(let number): Int64(exactly: number).flatMap { $0 > 0 ? $0 : nil }
        case .string(let text): Way.number(in: text)
        case .null, .blob: nil
        }
    }
}

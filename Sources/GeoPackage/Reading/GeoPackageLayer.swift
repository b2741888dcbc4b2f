import Domain
import GRDB

/// A layer of features of a GeoPackage (§2.1), as its tables tell of it.
struct GeoPackageLayer {
    let table: String
    let geometry: String
    /// Such as `LINESTRING`, in capitals.
    let type: String
    let reference: Int64

    /// Layers that are looked at, of a file that says it has more.
    private static let most = 200
    private static let lines: Set<String> = ["LINESTRING", "MULTILINESTRING", "GEOMETRY"]

    /// Each table once. Throws `.unprocessable` when the file is a database of another kind.
    static func all(in database: Database) throws -> [GeoPackageLayer] {
        guard try isTable("gpkg_contents", database), try isTable("gpkg_geometry_columns", database) else {
            throw Failure(.unprocessable, "This file is an SQLite database, but no GeoPackage with features.")
        }
        let features = try Set(
            String.fetchAll(
                database,
                sql: """
                    SELECT table_name FROM gpkg_contents
                    WHERE data_type = 'features' AND typeof(table_name) = 'text' LIMIT \(most)
                    """))
        var seen: Set<String> = []
        return try Row.fetchAll(
            database,
            sql: """
                SELECT table_name, column_name, geometry_type_name, srs_id FROM gpkg_geometry_columns LIMIT \(most)
                """
        ).compactMap { row in
            guard let table = String.fromDatabaseValue(row[0]), let geometry = String.fromDatabaseValue(row[1]),
                let type = String.fromDatabaseValue(row[2]), let reference = Int64.fromDatabaseValue(row[3]),
                features.contains(table), seen.insert(table.lowercased()).inserted
            else { return nil }
            return GeoPackageLayer(table: table, geometry: geometry, type: type.uppercased(), reference: reference)
        }.filter { try isTable($0.table, database) }
    }

    /// Whether it may have ways. GDAL's layer `multilinestrings` has OpenStreetMap's relations, which have numbers of their own.
    var mayHaveWays: Bool { Self.lines.contains(type) && table != "multilinestrings" }

    /// Throws `.unprocessable` unless its places are WGS 84 longitude and latitude.
    func checkReference(_ database: Database) throws {
        var name = "\(reference)"
        if try Self.isTable("gpkg_spatial_ref_sys", database),
            let row = try Row.fetchOne(
                database,
                sql: "SELECT organization, organization_coordsys_id FROM gpkg_spatial_ref_sys WHERE srs_id = ?",
                arguments: [reference]),
            let organisation = String.fromDatabaseValue(row[0]), let number = Int64.fromDatabaseValue(row[1])
        {
            name = "\(organisation.uppercased().prefix(40)):\(number)"
        } else if reference == GeoPackageSchema.referenceSystem {
            return
        }
        guard name != "EPSG:4326" else { return }
        throw Failure(
            .unprocessable,
            "The layer “\(table.prefix(80))” has the reference system \(name); write it with EPSG:4326, for instance with ogr2ogr -t_srs EPSG:4326."
        )
    }

    func countFeatures(_ database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM \(Self.quoted(table))") ?? 0
    }

    /// A name as SQL has it, whatever is in it.
    static func quoted(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }

    /// An ordinary table: no view, nothing virtual, no column that is computed by looking at it.
    private static func isTable(_ name: String, _ database: Database) throws -> Bool {
        try Bool.fetchOne(
            database,
            sql: """
                SELECT EXISTS (SELECT 1 FROM pragma_table_list
                    WHERE schema = 'main' AND type = 'table' AND name = :name COLLATE NOCASE)
                AND NOT EXISTS (SELECT 1 FROM pragma_table_xinfo(:name) WHERE hidden <> 0)
                """, arguments: ["name": name]) ?? false
    }
}

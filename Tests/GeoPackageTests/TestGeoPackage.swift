import Foundation
import GRDB

/// A GeoPackage as a test wants it, table by table, and its bytes.
struct TestGeoPackage {
    private let path: String
    private let queue: DatabaseQueue

    /// - Parameter log: whether it is left in the mode in which SQLite has a log beside it.
    init(log: Bool = false) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).gpkg").path
        queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = \(log ? "WAL" : "DELETE")") }
        try run(
            """
            CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY,
                organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL);
            CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT NOT NULL, srs_id INTEGER);
            CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT,
                srs_id INTEGER, z TINYINT, m TINYINT);
            INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, ''),
                ('Lambert', 7001, 'EPSG', 2154, ''), ('WGS 84 of another number', 7002, 'epsg', 4326, '');
            """)
    }

    func run(_ sql: String, _ arguments: StatementArguments = []) throws {
        try queue.writeWithoutTransaction { try $0.execute(sql: sql, arguments: arguments) }
    }

    /// Makes an empty layer whose geometry is in `geom`, and tells of it.
    func layer(
        _ name: String = "lines", _ columns: String = "osm_id TEXT", type: String = "LINESTRING", reference: Int = 4326
    ) throws {
        try run("CREATE TABLE \(Self.quoted(name)) (fid INTEGER PRIMARY KEY, geom BLOB, \(columns))")
        try tell(of: name, type: type, reference: reference)
    }

    func tell(of name: String, type: String = "LINESTRING", reference: Int = 4326) throws {
        try run("INSERT INTO gpkg_contents VALUES (?, 'features', ?)", [name, reference])
        try run("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)", [name, type, reference])
    }

    /// Adds features with one more column each.
    func add(
        _ features: [(Data?, (any DatabaseValueConvertible)?)], to name: String = "lines", column: String = "osm_id"
    ) throws {
        for (geometry, value) in features {
            try run("INSERT INTO \(Self.quoted(name)) (geom, \(column)) VALUES (?, ?)", [geometry, value])
        }
    }

    private static func quoted(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }

    /// What was written; nothing of it stays on the disk.
    func bytes() throws -> Data {
        defer { for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) } }
        try queue.close()
        return try Data(contentsOf: URL(filePath: path))
    }
}

import GRDB

/// The tables of a GeoPackage with two layers.
enum GeoPackageSchema {
    /// WGS 84 in degrees.
    static let referenceSystem = 4326
    /// `GPKG` (§1.1.1.1.1).
    private static let applicationID = 0x4750_4B47
    /// 1.3.0: readers of 1.4 take it as it is, while the GDAL of a Debian 12 warns its users of anything newer.
    private static let version = 10300

    static func insertion(into layer: String, _ columns: [(name: String, type: String)]) -> String {
        let names = ["geom"] + columns.map(\.name)
        let marks = names.map { _ in "?" }
        return "INSERT INTO \(layer) (\(names.joined(separator: ", "))) VALUES (\(marks.joined(separator: ", ")))"
    }

    static func make(in database: Database) throws {
        try database.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(version)")
        try database.execute(sql: core)
        try database.execute(sql: systems)
        try makeLayer("pictures", "Pictures", "POINT", GeoPackagePicture.columns, in: database)
        try makeLayer("sequences", "Sequences", "LINESTRING", GeoPackageSequence.columns, in: database)
    }

    private static func makeLayer(
        _ name: String, _ title: String, _ geometry: String, _ columns: [(name: String, type: String)],
        in database: Database
    ) throws {
        let list = columns.map { "\($0.name) \($0.type)" }.joined(separator: ", ")
        try database.execute(
            sql: "CREATE TABLE \(name) (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom \(geometry), \(list))")
        try database.execute(
            sql: """
                INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES (?, 'features', ?, ?)
                """, arguments: [name, title, referenceSystem])
        try database.execute(
            sql: "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)",
            arguments: [name, geometry, referenceSystem])
        try database.execute(
            sql: """
                INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index',
                    'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')
                """, arguments: [name])
        try database.execute(
            sql: "CREATE VIRTUAL TABLE rtree_\(name)_geom USING rtree (id, minx, maxx, miny, maxy)")
    }

    /// Those of annex F.3, which keep the spatial index when the file is edited.
    static func makeTriggers(in database: Database) throws {
        for layer in ["pictures", "sequences"] {
            for trigger in GeoPackageTriggers(layer: layer).all { try database.execute(sql: trigger) }
        }
    }

    /// §1.1.2, §1.1.3, §2.1.5 and §2.3.2.
    private static let core = """
        CREATE TABLE gpkg_spatial_ref_sys (
            srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY NOT NULL, organization TEXT NOT NULL,
            organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
        CREATE TABLE gpkg_contents (
            table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
            description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
            min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
            CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
        CREATE TABLE gpkg_geometry_columns (
            table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
            srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
            CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
            CONSTRAINT uk_gc_table_name UNIQUE (table_name),
            CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents (table_name),
            CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
        CREATE TABLE gpkg_extensions (
            table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
            scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
        """

    /// The three that every GeoPackage has (§1.1.2.1.2).
    private static let systems = """
        INSERT INTO gpkg_spatial_ref_sys VALUES
            ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
            ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
            ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",\
        SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],\
        PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],\
        UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],\
        AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]',
                'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');
        """
}

import Domain
import Foundation
import GRDB

/// Reads ways of OpenStreetMap from a GeoPackage (OGC 12-128r19) that a stranger may have made: lines with their way's
/// number in a column, as ogr2ogr, QGIS and osm2pgsql's exports have it.
package enum GeoPackageWays {
    /// Whether a file is an SQLite database, as every GeoPackage is.
    package static func isDatabase(_ file: Data) -> Bool { file.starts(with: Data("SQLite format 3\0".utf8)) }

    /// Blocks. Throws `.unprocessable` for what is no GeoPackage, is damaged, or has its lines in another reference system.
    ///
    /// - Parameter effort: steps of SQLite's virtual machine that all of it may take; the usual ones take seconds.
    /// - Returns: the ways, and how many features were none.
    package static func read(_ file: Data, effort: Int = 200_000_000) throws -> (ways: [Way], others: Int) {
        try ForeignGeoPackage(file, effort: effort).read { database in
            var (ways, others): ([Way], Int) = ([], 0)
            for layer in try GeoPackageLayer.all(in: database) {
                guard layer.mayHaveWays, let columns = try WayColumns(layer, database) else {
                    others += try layer.countFeatures(database)
                    continue
                }
                try layer.checkReference(database)
                try check(layer, database)
                let rows = try Row.fetchCursor(database, sql: columns.query)
                while let row = try rows.next() {
                    let found = try columns.ways(row)
                    ways += found
                    if found.isEmpty { others += 1 }
                }
            }
            return (ways, others)
        }
    }

    private static func check(_ layer: GeoPackageLayer, _ database: Database) throws {
        let faults = try String.fetchAll(
            database, sql: "PRAGMA quick_check(\(GeoPackageLayer.quoted(layer.table)))")
        guard faults == ["ok"] else { throw ForeignGeoPackage.damaged }
    }
}

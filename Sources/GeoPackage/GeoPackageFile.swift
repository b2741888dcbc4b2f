import Domain
import Foundation
import GRDB
import Synchronization

/// A GeoPackage (OGC 12-128r19; version 1.3 of the files) being written: an SQLite file that QGIS opens by itself.
///
/// The layer `pictures` has a point for each picture, `sequences` a line for each sequence. All calls block.
package final class GeoPackageFile: Sendable {
    private let database: DatabaseQueue
    private let moment: Date
    /// Around each layer.
    private let bounds = Mutex<[String: GeoPackageBounds]>([:])

    /// Makes the file, private to this program; there must be none at `path`.
    ///
    /// - Throws: `.conflict` when there is one, `.noSpace`, `.internalError`.
    package init(path: String, at moment: Date = .now) throws {
        guard !FileManager.default.fileExists(atPath: path),
            FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw Failure(.conflict, "The GeoPackage cannot be made: there is a file already.") }
        self.moment = moment
        database = try GeoPackageFailure.converting {
            var configuration = Configuration()
            configuration.prepareDatabase { database in
                // Nobody reads it before it is finished, and one that was not finished is thrown away.
                try database.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
            }
            return try DatabaseQueue(path: path, configuration: configuration)
        }
        try write { try GeoPackageSchema.make(in: $0) }
    }

    /// Adds points to the layer of pictures.
    package func add(_ pictures: [GeoPackagePicture]) throws {
        try write { database in
            for picture in pictures {
                try database.cachedStatement(sql: GeoPackagePicture.insertion).execute(arguments: picture.arguments)
                try index("pictures", database.lastInsertedRowID, GeoPackageBounds(picture.position), database)
            }
        }
    }

    /// Adds a line to the layer of sequences. One picture makes no line: its geometry is empty.
    package func add(_ sequence: GeoPackageSequence) throws {
        try write { database in
            try database.cachedStatement(sql: GeoPackageSequence.insertion).execute(arguments: sequence.arguments)
            guard sequence.line.count > 1, let bounds = GeoPackageBounds(sequence.line) else { return }
            try index("sequences", database.lastInsertedRowID, bounds, database)
        }
    }

    /// Writes what is known at the end, and closes the file.
    package func finish() throws {
        try write { database in
            for (layer, bounds) in bounds.withLock({ $0 }) {
                try database.execute(
                    sql: "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?",
                    arguments: [bounds.west, bounds.south, bounds.east, bounds.north, layer])
            }
            try database.execute(
                sql: "UPDATE gpkg_contents SET last_change = ?", arguments: [GeoPackageTime.text(moment)])
            // Only now: the triggers call functions that plain SQLite does not have.
            try GeoPackageSchema.makeTriggers(in: database)
        }
        try GeoPackageFailure.converting { try database.close() }
    }

    /// The spatial index (annex F.3), kept by triggers once the file is somebody else's.
    private func index(_ layer: String, _ row: Int64, _ box: GeoPackageBounds, _ database: Database) throws {
        bounds.withLock { $0[layer] = $0[layer]?.union(box) ?? box }
        try database.cachedStatement(sql: "INSERT INTO rtree_\(layer)_geom VALUES (?, ?, ?, ?, ?)")
            .execute(arguments: [row, box.west, box.east, box.south, box.north])
    }

    private func write(_ body: (Database) throws -> Void) throws {
        try GeoPackageFailure.converting { try database.write(body) }
    }
}

import Domain
import Foundation
import GRDB
import GRDBSQLite

/// A GeoPackage that somebody else made, in memory: nothing of it is written, and nothing that is written into its schema is
/// run by looking at it.
struct ForeignGeoPackage {
    private let file: Data
    /// Steps of SQLite's virtual machine that all reading may take.
    private let effort: Int

    /// Steps between two looks at how many there were.
    private static let steps: Int32 = 1000
    /// Bytes of a row, and of any value.
    private static let longest: Int32 = 16 << 20
    /// Size of the header of an SQLite file, and where it says whether it has a log.
    private static let (header, log) = (100, 18...19)

    init(_ file: Data, effort: Int) {
        self.file = file
        self.effort = effort
    }

    /// Blocks. Throws `.unprocessable` for what is no SQLite file, is damaged or takes too long, and what `body` throws.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        guard file.count > Self.header else { throw Self.damaged }
        var bytes = Array(file)
        // A file in memory has no log beside it; SQLite would look for one.
        for index in Self.log { bytes[index] = 1 }
        do {
            return try bytes.withUnsafeMutableBufferPointer { bytes in
                var configuration = Configuration()
                configuration.prepareDatabase(Self.restrain)
                let queue = try DatabaseQueue(configuration: configuration)
                defer { try? queue.close() }
                try queue.writeWithoutTransaction { try Self.load(bytes, into: $0) }
                return try queue.read { database in try within(effort, database) { try body(database) } }
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
            throw Failure(
                .unprocessable, "This GeoPackage takes too long to read; write a smaller one with the ways alone.",
                underlying: error)
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(Self.damaged.code, Self.damaged.message, underlying: error)
        }
    }

    static let damaged = Failure(.unprocessable, "This GeoPackage is damaged.")

    private static func restrain(_ database: Database) throws {
        try database.execute(
            sql: """
                PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA ignore_check_constraints = ON;
                PRAGMA temp_store = MEMORY
                """)
        sqlite3_limit(database.sqliteConnection, SQLITE_LIMIT_LENGTH, longest)
        sqlite3_limit(database.sqliteConnection, SQLITE_LIMIT_ATTACHED, 0)
    }

    private static func load(_ bytes: UnsafeMutableBufferPointer<UInt8>, into database: Database) throws {
        let size = sqlite3_int64(bytes.count)
        let code = sqlite3_deserialize(
            database.sqliteConnection, "main", bytes.baseAddress, size, size, UInt32(SQLITE_DESERIALIZE_READONLY))
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }

    /// Ends with SQLITE_INTERRUPT what takes more steps than `effort`.
    private func within<Value>(_ effort: Int, _ database: Database, _ body: () throws -> Value) rethrows -> Value {
        var left = effort / Int(Self.steps)
        return try withUnsafeMutablePointer(to: &left) { left in
            let connection = database.sqliteConnection
            sqlite3_progress_handler(
                connection, Self.steps,
                { pointer in
                    guard let left = pointer?.assumingMemoryBound(to: Int.self) else { return 1 }
                    left.pointee -= 1
                    return left.pointee < 0 ? 1 : 0
                }, left)
            defer { sqlite3_progress_handler(connection, 0, nil, nil) }
            return try body()
        }
    }
}

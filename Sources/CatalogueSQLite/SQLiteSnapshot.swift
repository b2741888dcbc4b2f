import Domain
import Foundation
import GRDB

/// A catalogue in one file, taken of a living one or come from elsewhere. All calls block.
package struct SQLiteSnapshot: Sendable {
    private let path: String

    package init(path: String) { self.path = path }

    /// Writes the catalogue at `source`, as it is at one moment, into this file; others may go on writing to it.
    package func take(of source: String) throws {
        try SQLiteFailure.converting {
            var configuration = Configuration()
            configuration.busyMode = .timeout(10)
            let queue = try DatabaseQueue(path: source, configuration: configuration)
            try queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [path]) }
            try queue.close()
        }
    }

    /// Makes it one file without a log beside it, for good.
    package func settle() throws {
        try SQLiteFailure.converting {
            let queue = try DatabaseQueue(path: path)
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            try queue.close()
        }
    }

    /// How many rows each table has.
    package func counts() throws -> [String: Int] {
        try reading { database in
            let tables = try String.fetchAll(
                database,
                sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@'")
            return try Dictionary(
                uniqueKeysWithValues: tables.map { name in
                    let quoted = name.replacing("\"", with: "\"\"")
                    return (name, try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM \"\(quoted)\"") ?? 0)
                })
        }
    }

    /// Looks at a file that somebody else may have made before anything of it is used: it must be whole, and its tables,
    /// indexes and triggers those that the migrations make, no more and no less.
    ///
    /// - Throws: `.unprocessable` with what is wrong, `.conflict` when a newer version made it.
    package func check(migrations: String) throws {
        let steps = try MigrationFolder(path: migrations).steps()
        do {
            try reading { try check($0, steps) }
        } catch let failure as Failure where failure.code == .internalError || failure.code == .unavailable {
            throw Failure(
                .unprocessable, "The archive's catalogue is damaged, or is not a catalogue.",
                underlying: failure.underlying)
        }
    }

    private func check(_ database: Database, _ steps: [MigrationFolder.Step]) throws {
        let applied = try Set(String.fetchAll(database, sql: "SELECT name FROM migrations"))
        if let unknown = applied.subtracting(steps.map(\.name)).max() {
            throw Failure(
                .conflict, "The archive was made by a newer version of Wayside (it has \(unknown)); import it there.")
        }
        let expected = try DatabaseQueue()
        try expected.inDatabase { try Migrator(steps: steps.filter { applied.contains($0.name) }).run(on: $0) }
        guard try Self.schema(database) == expected.read(Self.schema) else {
            throw Failure(.unprocessable, "The archive's catalogue has other tables or triggers than Wayside makes.")
        }
        let faults = try String.fetchAll(database, sql: "PRAGMA integrity_check(1)")
        guard faults == ["ok"], try Row.fetchOne(database, sql: "PRAGMA foreign_key_check") == nil else {
            throw Failure(.unprocessable, "The archive's catalogue is damaged: its rows do not fit together.")
        }
    }

    private static func schema(_ database: Database) throws -> [String] {
        try String.fetchAll(
            database,
            sql: """
                SELECT type || ' ' || name || ' ' || tbl_name || ' ' || COALESCE(sql, '') FROM sqlite_schema
                WHERE NOT (type = 'table' AND name IN ('sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4')) ORDER BY 1
                """)
    }

    private func reading<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try SQLiteFailure.converting {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.prepareDatabase { database in
                // Nothing that a stranger wrote into the schema is run by looking at it.
                try database.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
            }
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            return try queue.read(body)
        }
    }
}

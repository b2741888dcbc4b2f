import Catalogue
import Domain
import Foundation
import GRDB

/// A catalogue in one SQLite file: one serial writer, a few readers, write-ahead log.
package final class SQLiteEngine: SQLEngine {
    private let pool: DatabasePool
    /// A connection of its own: `PRAGMA data_version` counts what the *other* connections commit.
    private let observer: DatabaseQueue
    private let texts = StatementTexts()
    private let readLimit: Duration
    private let readers = ReaderQueue(width: readerCount)

    /// Opens the database at `path`, makes it when missing, and brings it up to the newest of `migrations`.
    ///
    /// - Parameters:
    ///   - path: the database file; its folder must exist.
    ///   - migrations: a folder of `.sql` files, applied in the order of their names, each once.
    ///   - readLimit: what takes longer is given up, `.unavailable`.
    /// - Throws: `.unavailable` when somebody else holds it for longer than ten seconds, `.conflict` when the database
    ///   was made by a newer version, `.noSpace`, `.internalError`.
    package init(path: String, migrations: String, readLimit: Duration = .seconds(60)) async throws {
        self.readLimit = readLimit
        let steps = try MigrationFolder(path: migrations).steps()
        (pool, observer) = try SQLiteFailure.converting {
            try Self.makePrivateFile(at: path)
            let pool = try DatabasePool(path: path, configuration: Self.configuration())
            try pool.writeWithoutTransaction { database in
                // Acknowledged means durable, through a power cut too. Only now: the pool itself asks for less when it
                // turns the write-ahead log on.
                try database.execute(sql: "PRAGMA synchronous = FULL")
                try Migrator(steps: steps).run(on: database)
            }
            return (pool, try DatabaseQueue(path: path, configuration: Self.observerConfiguration()))
        }
    }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            readers.run { [pool, texts, readLimit] in
                continuation.resume(
                    with: SQLiteFailure.result {
                        try pool.read { database in
                            try ReadLimit.within(readLimit, database) { try body(SQLiteConnection(database, texts)) }
                        }
                    })
            }
        }
    }

    // A write is never cut short by the cancellation of its task: a worker that shuts down still gives its job back.
    @discardableResult
    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            pool.asyncWriteWithoutTransaction { [texts] database in
                continuation.resume(
                    with: SQLiteFailure.result {
                        var value: Value?
                        try database.inTransaction(.immediate) {
                            value = try body(SQLiteConnection(database, texts))
                            return .commit
                        }
                        guard let value else { throw Failure(.internalError, "The transaction gave no result.") }
                        return value
                    })
            }
        }
    }

    package func dataVersion() async throws -> Int64 {
        try await withCheckedThrowingContinuation { continuation in
            observer.asyncRead { database in
                continuation.resume(
                    with: SQLiteFailure.result {
                        try Int64.fetchOne(try database.get(), sql: "PRAGMA data_version") ?? 0
                    })
            }
        }
    }

    /// Moves what the write-ahead log holds into the database and empties the log's file, which else keeps old pages.
    /// While somebody reads or writes it is left for another time.
    package func tidy() async throws {
        try await withCheckedThrowingContinuation { continuation in
            pool.asyncWriteWithoutTransaction { database in
                continuation.resume(
                    with: SQLiteFailure.result {
                        // Nobody is kept waiting for this.
                        try database.execute(sql: "PRAGMA busy_timeout = 0")
                        defer { try? database.execute(sql: "PRAGMA busy_timeout = \(Self.busyTimeout * 1000)") }
                        try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
                    })
            }
        }
    }

    /// Waits for what is running and closes the file; nothing works afterwards.
    package func close() throws {
        try SQLiteFailure.converting {
            try observer.close()
            try pool.close()
        }
    }

    private static let readerCount = min(8, 2 * ProcessInfo.processInfo.activeProcessorCount)
    /// Seconds to wait for another process.
    private static let busyTimeout = 10

    private static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.label = "catalogue"
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(TimeInterval(busyTimeout))
        configuration.maximumReaderCount = readerCount
        configuration.persistentReadOnlyConnections = true
        configuration.prepareDatabase { database in
            // 4 MB for each connection: the system's own cache does the rest, and the server stays small. `LIKE` tells
            // case apart, as standard SQL has it.
            try database.execute(
                sql: """
                    PRAGMA temp_store = MEMORY;
                    PRAGMA cache_size = -4000;
                    PRAGMA case_sensitive_like = ON;
                    """)
            SQLiteFunctions.add(to: database)
            guard !database.configuration.readonly else { return }
            // What is deleted is overwritten, so that it is not found in the file's free pages either.
            try database.execute(
                sql: """
                    PRAGMA journal_size_limit = 200000000;
                    PRAGMA secure_delete = ON;
                    """)
        }
        return configuration
    }

    private static func observerConfiguration() -> Configuration {
        var configuration = Configuration()
        configuration.label = "catalogue.observer"
        configuration.busyMode = .timeout(10)
        configuration.readonly = true
        return configuration
    }

    /// SQLite gives its log and index files the rights of the database file.
    private static func makePrivateFile(at path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw Failure(.internalError, "The database \(path) cannot be created.")
        }
    }
}

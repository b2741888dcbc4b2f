import Dispatch
import GRDB
import GRDBSQLite

/// Ends a read that takes too long: a filter that hardly anything fulfils looks through every picture, and a few of them would
/// occupy all readers.
enum ReadLimit {
    /// Steps of SQLite's virtual machine between two looks at the clock, a few milliseconds.
    private static let steps: Int32 = 100_000

    /// Runs `body`, whose statements fail with SQLITE_INTERRUPT once `limit` has passed.
    static func within<Value>(_ limit: Duration, _ database: Database, _ body: () throws -> Value) rethrows -> Value {
        let (seconds, attoseconds) = limit.components
        let length = UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
        var end = DispatchTime.now().uptimeNanoseconds + length
        return try withUnsafeMutablePointer(to: &end) { end in
            let connection = database.sqliteConnection
            sqlite3_progress_handler(
                connection, steps,
                { end in
                    guard let end else { return 0 }
                    return DispatchTime.now().uptimeNanoseconds > end.load(as: UInt64.self) ? 1 : 0
                }, end)
            defer { sqlite3_progress_handler(connection, 0, nil, nil) }
            return try body()
        }
    }
}

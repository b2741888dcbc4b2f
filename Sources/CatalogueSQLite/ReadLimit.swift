import Dispatch
import GRDB
import GRDBSQLite

/// Ends a read that takes too long: a filter that hardly anything fulfils looks through every picture, and a few of them would
/// occupy all readers.
///
/// Only the engine's own work is cut short. A tile whose few thousand lines take long to draw comes to its end.
struct ReadLimit {
    /// In nanoseconds of the machine's clock.
    private let end: UInt64
    private var looks = 0

    /// Steps of SQLite's virtual machine between two looks at the clock, a few milliseconds.
    private static let steps: Int32 = 100_000
    /// Looks before a read counts as long: ten million steps, ten for each of a million pictures.
    private static let fewest = 100

    /// Runs `body`, whose statements fail with SQLITE_INTERRUPT once `limit` has passed and they have done much.
    static func within<Value>(_ limit: Duration, _ database: Database, _ body: () throws -> Value) rethrows -> Value {
        let (seconds, attoseconds) = limit.components
        let length = UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
        var limit = ReadLimit(end: DispatchTime.now().uptimeNanoseconds + length)
        return try withUnsafeMutablePointer(to: &limit) { limit in
            let connection = database.sqliteConnection
            sqlite3_progress_handler(
                connection, steps, { $0?.assumingMemoryBound(to: ReadLimit.self).pointee.look() == true ? 1 : 0 },
                limit)
            defer { sqlite3_progress_handler(connection, 0, nil, nil) }
            return try body()
        }
    }

    private init(end: UInt64) { self.end = end }

    /// Whether it is enough.
    private mutating func look() -> Bool {
        looks += 1
        return looks >= Self.fewest && DispatchTime.now().uptimeNanoseconds > end
    }
}

import Catalogue
import Foundation
import GRDB
import GRDBSQLite

/// The row that a statement stands at, read by position. Null reads as nothing: zero, or empty (SQLite, "Result Values").
struct SQLiteRow: SQLRow {
    let statement: SQLiteStatement

    func isNull(_ column: Int) -> Bool { sqlite3_column_type(statement, CInt(column)) == SQLITE_NULL }
    func int(_ column: Int) -> Int64 { sqlite3_column_int64(statement, CInt(column)) }
    func double(_ column: Int) -> Double { sqlite3_column_double(statement, CInt(column)) }

    func text(_ column: Int) -> String {
        guard let start = sqlite3_column_text(statement, CInt(column)) else { return "" }
        return String(cString: start)
    }

    func blob(_ column: Int) -> Data {
        guard let start = sqlite3_column_blob(statement, CInt(column)) else { return Data() }
        return Data(bytes: start, count: Int(sqlite3_column_bytes(statement, CInt(column))))
    }
}

import Catalogue
import Foundation
import GRDB

/// A row of a GRDB cursor, read by position, without a look at the type of what is known not to be null.
struct SQLiteRow: SQLRow {
    let row: Row
    let statement: SQLiteStatement

    func isNull(_ column: Int) -> Bool { row.hasNull(atIndex: column) }
    func int(_ column: Int) -> Int64 { Int64(sqliteStatement: statement, index: CInt(column)) }
    func double(_ column: Int) -> Double { Double(sqliteStatement: statement, index: CInt(column)) }
    func text(_ column: Int) -> String { String(sqliteStatement: statement, index: CInt(column)) }
    func blob(_ column: Int) -> Data { row[column] }
}

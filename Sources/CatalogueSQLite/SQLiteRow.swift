import Catalogue
import Foundation
import GRDB

/// A row of a GRDB cursor, read by position.
struct SQLiteRow: SQLRow {
    let row: Row

    func isNull(_ column: Int) -> Bool { row.hasNull(atIndex: column) }
    func int(_ column: Int) -> Int64 { row[column] }
    func double(_ column: Int) -> Double { row[column] }
    func text(_ column: Int) -> String { row[column] }
    func blob(_ column: Int) -> Data { row[column] }
}

import GRDB
import GRDBSQLite

/// The rows of a statement. GRDB's own cursor of rows looks up the names of all columns each time; ours are read by
/// position.
final class SQLiteRows: DatabaseCursor {
    typealias Element = SQLiteRow

    let _statement: Statement
    var _isDone = false

    init(_ statement: Statement, _ arguments: StatementArguments) {
        _statement = statement
        // Numbered anew from the very list that they come from: none is missing.
        statement.setUncheckedArguments(arguments)
    }

    /// What was not read to its end lets go of the database too. The code is that of the last step, which has been told.
    deinit { sqlite3_reset(_statement.sqliteStatement) }

    func _element(sqliteStatement: SQLiteStatement) -> SQLiteRow { SQLiteRow(statement: sqliteStatement) }
}

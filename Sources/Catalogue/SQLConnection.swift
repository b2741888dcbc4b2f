/// A connection inside one transaction. Values bind to `$1, $2 …`.
package protocol SQLConnection {
    /// Calls `body` for each row, in order.
    func each(_ sql: String, _ values: [SQLValue], _ body: (any SQLRow) throws -> Void) throws
    /// Runs one statement and tells how many rows it changed.
    @discardableResult
    func execute(_ sql: String, _ values: [SQLValue]) throws -> Int
}

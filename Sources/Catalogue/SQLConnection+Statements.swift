import Domain
import Foundation

extension SQLConnection {
    /// Runs one statement and tells how many rows it changed.
    @discardableResult
    package func execute(_ statement: SQLStatement) throws -> Int { try execute(statement.sql, statement.values) }

    /// Calls `body` for each row, in order.
    package func each(_ statement: SQLStatement, _ body: (inout SQLRowReader) throws -> Void) throws {
        try each(statement.sql, statement.values) { row in
            var reader = SQLRowReader(row)
            try body(&reader)
        }
    }

    package func rows<Value>(
        _ statement: SQLStatement, _ body: (inout SQLRowReader) throws -> Value
    ) throws -> [Value] {
        var result: [Value] = []
        try each(statement) { row in result.append(try body(&row)) }
        return result
    }

    /// The first row, if there is one.
    package func first<Value>(
        _ statement: SQLStatement, _ body: (inout SQLRowReader) throws -> Value
    ) throws -> Value? {
        var result: Value?
        try each(statement) { row in
            guard result == nil else { return }
            result = try body(&row)
        }
        return result
    }

    /// The number in the first column of the first row; 0 when there is none.
    package func number(_ statement: SQLStatement) throws -> Int64 { try first(statement) { $0.int64() } ?? 0 }

    /// Whether there is any row.
    package func exists(_ statement: SQLStatement) throws -> Bool { try first(statement) { _ in true } ?? false }
}

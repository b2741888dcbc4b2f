import Catalogue
import Domain
import Foundation
import GRDB

/// One GRDB connection inside a transaction; statements are prepared once for each connection.
struct SQLiteConnection: SQLConnection {
    private let database: Database
    private let texts: StatementTexts

    /// At the begin of a transaction.
    init(_ database: Database, _ texts: StatementTexts) {
        self.database = database
        self.texts = texts
        // The only way to let go of prepared statements; the schema itself is seldom asked.
        if texts.isOutdated(database) { database.clearSchemaCache() }
    }

    private func prepared(_ sql: String) throws -> Statement {
        guard sql.utf8.count <= StatementTexts.longest else {
            return try database.makeStatement(sql: StatementTexts.rewrite(sql))
        }
        return try database.cachedStatement(sql: texts.translate(sql))
    }

    func each(_ sql: String, _ values: [SQLValue], _ body: (any SQLRow) throws -> Void) throws {
        let rows = SQLiteRows(try prepared(sql), Self.arguments(values))
        while let row = try rows.next() { try body(row) }
    }

    func execute(_ sql: String, _ values: [SQLValue]) throws -> Int {
        let statement = try prepared(sql)
        let before = database.totalChangesCount
        try statement.execute(arguments: Self.arguments(values))
        // A statement that changes nothing leaves the last count standing, so both figures are asked.
        return database.totalChangesCount == before ? 0 : database.changesCount
    }

    private static func arguments(_ values: [SQLValue]) -> StatementArguments {
        StatementArguments(
            values.map { value -> (any DatabaseValueConvertible)? in
                switch value {
                case .null: nil
                case .integer(let number): number
                case .real(let number): number
                case .text(let text): text
                case .blob(let data): data
                }
            })
    }
}

import Domain
import Foundation

/// Transfers from other servers: seen by who asked for them, and by administrators.
package struct TransferStore: Sendable {
    let engine: any SQLEngine

    /// How many of one account may wait at once.
    package static let mostWaiting = 5000

    /// Makes a transfer with the upload set that takes the pictures. Throws `.tooMany` while too many wait.
    package func insert(_ transfer: Transfer, into set: UploadSet) async throws {
        try await engine.write { connection in
            let waiting = try connection.number(
                """
                SELECT COUNT(*) FROM transfers
                WHERE account_id = \(transfer.accountID) AND status IN ('waiting', 'running')
                """)
            guard waiting < Self.mostWaiting else {
                throw Failure(.tooMany, "Too many transfers wait already.", details: ["retry_after": "600"])
            }
            try UploadSetStore.insert(set, connection)
            try connection.execute(
                """
                INSERT INTO transfers (id, account_id, upload_set_id, source, status, due_at, created_at)
                VALUES (\(transfer.id), \(transfer.accountID), \(set.id), \(transfer.source),
                    \(transfer.status.rawValue), \(transfer.dueAt), \(transfer.createdAt))
                """)
        }
    }

    package func find(_ id: TransferID, viewer: Viewer) async throws -> Transfer? {
        try await engine.read { connection in
            try connection.first("\(Self.select) WHERE t.id = \(id) AND \(Sight(viewer).asked(for: "t"))") {
                try Self.transfer(&$0)
            }
        }
    }

    /// Newest first.
    ///
    /// - Parameter open: only those that are not finished.
    package func list(of account: AccountID, open: Bool, limit: Int, viewer: Viewer) async throws -> [Transfer] {
        var statement: SQLStatement = """
            \(Self.select) WHERE t.account_id = \(account) AND \(Sight(viewer).asked(for: "t"))
            """
        if open { statement += " AND t.status <> 'finished'" }
        statement += " ORDER BY t.created_at DESC, t.id LIMIT \(limit)"
        return try await engine.read { [statement] in try $0.rows(statement) { try Self.transfer(&$0) } }
    }

    /// The one to be worked on next, that is not at its end: also one that an earlier run had begun. What failed waits
    /// for its turn, and does not hold up the others.
    package func next(now: Date) async throws -> Transfer? {
        try await engine.read { connection in
            try connection.first(
                """
                \(Self.select) WHERE t.status IN ('waiting', 'running') AND t.due_at <= \(now)
                ORDER BY t.attempts, t.created_at, t.id LIMIT 1
                """
            ) { try Self.transfer(&$0) }
        }
    }

    /// Writes down how far it is. Does nothing when it is gone.
    package func update(_ transfer: Transfer) async throws {
        try await engine.write { connection in
            try connection.execute(
                """
                UPDATE transfers SET status = \(transfer.status.rawValue), pictures = \(transfer.pictures),
                    fetched = \(transfer.fetched), error = \(transfer.error), attempts = \(transfer.attempts),
                    due_at = \(transfer.dueAt), started_at = \(transfer.startedAt), finished_at = \(transfer.finishedAt)
                WHERE id = \(transfer.id)
                """)
        }
    }

    private static let select: SQLStatement = """
        SELECT t.id, t.account_id, t.upload_set_id, t.source, t.status, t.pictures, t.fetched, t.error, t.attempts,
            t.due_at, t.created_at, t.started_at, t.finished_at FROM transfers t
        """

    private static func transfer(_ row: inout SQLRowReader) throws -> Transfer {
        Transfer(
            id: row.id(), accountID: row.id(), uploadSetID: row.id(), source: row.text(), status: try row.word(),
            pictures: row.int(), fetched: row.int(), error: row.optionalText(), attempts: row.int(),
            dueAt: row.date(), createdAt: row.date(), startedAt: row.optionalDate(), finishedAt: row.optionalDate())
    }
}

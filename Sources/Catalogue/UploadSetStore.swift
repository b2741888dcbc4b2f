import Domain
import Foundation

/// Batches and their files. Seen by their owner, by managers with a grant on the label, and by administrators.
package struct UploadSetStore: Sendable {
    let engine: any SQLEngine

    package func create(_ set: UploadSet) async throws {
        try await engine.write { connection in try Self.insert(set, connection) }
    }

    static func insert(_ set: UploadSet, _ connection: any SQLConnection) throws {
        let rules = try JSONText.encode(set.rules)
        try connection.execute(
            """
            INSERT INTO upload_sets
                (id, account_id, label_id, title, estimated_files, rules, visibility, metadata, user_agent,
                lineage, holds_unplaced, created_at, completed_at, dispatched_at)
            VALUES (\(set.id), \(set.accountID), \(set.labelID), \(set.title), \(set.estimatedFiles), \(rules),
                \(set.visibility.rawValue), \(set.metadata), \(set.userAgent), \(set.lineage), \(set.holdsUnplaced), \(set.createdAt),
                \(set.completedAt), \(set.dispatchedAt))
            """)
    }

    package func find(_ id: UploadSetID, viewer: Viewer) async throws -> UploadSet? {
        try await engine.read { connection in
            try connection.first(
                """
                SELECT \(UploadSetRow.columns) FROM upload_sets u
                WHERE u.id = \(id) AND u.erased_at IS NULL AND \(Sight(viewer).manages("u"))
                    AND \(Self.isOpen(to: viewer))
                """
            ) { try UploadSetRow.set(&$0) }
        }
    }

    /// Newest first. `dispatched` nil: both. `from`, `to`: when it was made. `before`: keyset, the last row of the page before. Throws `.invalid` for a
    /// filter that cannot be used.
    package func list(
        of account: AccountID?, dispatched: Bool? = nil, filter: FilterExpression? = nil,
        label: CameraLabelID? = nil, from: Date? = nil, to: Date? = nil, before: UploadSet?, limit: Int,
        viewer: Viewer
    ) async throws -> [UploadSet] {
        var statement: SQLStatement = """
            SELECT \(UploadSetRow.columns) FROM upload_sets u
            WHERE u.erased_at IS NULL AND \(Sight(viewer).manages("u")) AND \(Self.isOpen(to: viewer))
            """
        if let account { statement += " AND u.account_id = \(account)" }
        if let dispatched {
            statement += dispatched ? " AND u.dispatched_at IS NOT NULL" : " AND u.dispatched_at IS NULL"
        }
        if let filter { statement += " AND \(try FilterCompiler(.uploadSets).condition(filter))" }
        if let label { statement += " AND u.label_id = \(label)" }
        if let from { statement += " AND u.created_at >= \(from)" }
        if let to { statement += " AND u.created_at <= \(to)" }
        if let before {
            let moment = before.createdAt
            statement += " AND u.created_at <= \(moment) AND (u.created_at < \(moment) OR u.id > \(before.id))"
        }
        statement += " ORDER BY u.created_at DESC, u.id LIMIT \(limit)"
        return try await engine.read { [statement] connection in
            try connection.rows(statement) { try UploadSetRow.set(&$0) }
        }
    }

    /// Says that every file is there; queues `dispatch` when all are inspected. Idempotent.
    package func complete(_ id: UploadSetID, at moment: Date) async throws {
        try await engine.write { connection in
            _ = try Self.visibility(of: id, connection)
            let changed = try connection.execute(
                "UPDATE upload_sets SET completed_at = \(moment) WHERE id = \(id) AND completed_at IS NULL")
            if changed == 1 { try UploadSetLife.dispatchIfReady(id, at: moment, connection) }
        }
    }

    /// Deletes the set, its pictures and sequences from sight at once, and queues `erase` for each picture. The id of
    /// the receipt.
    @discardableResult
    package func delete(_ id: UploadSetID, by viewer: Viewer = .system) async throws -> ErasureID {
        let moment = Date.now
        return try await engine.write { connection in
            _ = try Self.visibility(of: id, connection)
            let request = ErasureRequest(.uploadSet, id, by: viewer, at: moment)
            try request.begin(connection)
            try Self.delete(id, as: request, connection)
            try request.finishIfEmpty(connection)
            return request.id
        }
    }

    static func delete(_ id: UploadSetID, as request: ErasureRequest, _ connection: any SQLConnection) throws {
        let moment = request.moment
        // Nothing of what was said of it stays while its pictures are being removed.
        try connection.execute(
            """
            UPDATE upload_sets SET erased_at = \(moment), title = '', metadata = NULL, user_agent = NULL,
                lineage = NULL
            WHERE id = \(id)
            """)
        try JobTable.remove(.dispatch(id), connection)
        _ = try RemovalTable.release(where: "p.upload_set_id = \(id)", connection)
        try PictureErasure.hide(where: "upload_set_id = \(id)", as: request, at: moment, connection)
        try connection.execute("DELETE FROM sequences WHERE upload_set_id = \(id)")
        try connection.execute("DELETE FROM upload_files WHERE upload_set_id = \(id)")
        try connection.execute("DELETE FROM card_entries WHERE upload_set_id = \(id)")
        try connection.execute("DELETE FROM cards WHERE upload_set_id = \(id)")
        try UnwantedFiles.erase(partials: "upload_set_id = \(id)", as: request, connection)
        try forgetIfEmpty(id, connection)
    }

    /// The row of a deleted set goes with the last of its pictures, and that of a deleted account with it.
    static func forgetIfEmpty(_ id: UploadSetID, _ connection: any SQLConnection) throws {
        let account = try connection.first("SELECT account_id FROM upload_sets WHERE id = \(id)") {
            $0.id(AccountID.self)
        }
        let isGone = try connection.exists(
            """
            SELECT 1 FROM upload_sets WHERE id = \(id) AND erased_at IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM pictures WHERE upload_set_id = \(id) AND erased_at IS NOT NULL)
            """)
        if isGone {
            // Of one that might have come back, some may be there without pictures.
            try connection.execute("DELETE FROM sequences WHERE upload_set_id = \(id) AND is_away = 1")
            try connection.execute("DELETE FROM upload_sets WHERE id = \(id)")
        }
        if let account { try AccountStore.forgetIfEmpty(account, connection) }
    }

    /// Managers of the label see no set that its owner keeps for themselves.
    static func isOpen(to viewer: Viewer) -> SQLStatement {
        viewer.seesEverything
            ? "1 = 1" : "(u.visibility <> 'owner-only' OR \(Sight(viewer).level(of: "u")) = 0)"
    }

    /// Throws `.notFound` when there is no such set.
    static func visibility(of id: UploadSetID, _ connection: any SQLConnection) throws -> Visibility {
        let visibility = try connection.first(
            "SELECT visibility FROM upload_sets WHERE id = \(id) AND erased_at IS NULL"
        ) { try $0.word(Visibility.self) }
        guard let visibility else { throw Failure.notFound("upload set") }
        return visibility
    }
}

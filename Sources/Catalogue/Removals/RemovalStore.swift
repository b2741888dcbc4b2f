import Domain
import Foundation

/// What was deleted and can be taken back for a while: seen by who asked for it, as far as they may change it, and by
/// administrators.
package struct RemovalStore: Sendable {
    let engine: any SQLEngine

    package func find(_ id: RemovalID, viewer: Viewer) async throws -> Removal? {
        try await engine.read { try Self.find(id, viewer, $0) }
    }

    /// Newest first. `before`: keyset, the last row of the page before.
    package func list(before: Removal?, limit: Int, viewer: Viewer) async throws -> [Removal] {
        var statement: SQLStatement = "\(Self.select(viewer)) WHERE \(Self.sees(viewer))"
        if let before {
            let moment = before.requestedAt
            statement += " AND m.requested_at <= \(moment) AND (m.requested_at < \(moment) OR m.id > \(before.id))"
        }
        statement += " ORDER BY m.requested_at DESC, m.id LIMIT \(limit)"
        return try await engine.read { [statement] connection in
            try connection.rows(statement) { try Self.removal(&$0) }
        }
    }

    /// Puts back what waits and the viewer may change, as the rules of now would have it. How many pictures are back.
    ///
    /// - Throws: `.notFound` when there is no such removal (any more).
    @discardableResult
    package func restore(_ id: RemovalID, by viewer: Viewer, at moment: Date = .now) async throws -> Int {
        try await engine.write { connection in
            guard let removal = try Self.find(id, viewer, connection) else { throw Failure.notFound("removal") }
            let restoration = Restoration(
                removal: id, since: removal.requestedAt, viewer: viewer, moment: moment, connection: connection)
            let count = try restoration.run()
            try AuditStore.insert(
                "removal.taken-back", by: viewer, subject: id.string,
                details: ["kind": removal.kind.rawValue, "pictures": "\(count)"],
                at: moment, connection)
            return count
        }
    }

    /// Deletes it for good now: queues `erase`. The id of the receipt.
    ///
    /// - Throws: `.notFound` when there is no such removal (any more).
    @discardableResult
    package func finish(_ id: RemovalID, by viewer: Viewer, at moment: Date = .now) async throws -> ErasureID {
        try await engine.write { connection in
            guard let removal = try Self.find(id, viewer, connection) else { throw Failure.notFound("removal") }
            return try Self.finish(removal, by: viewer, at: moment, connection)
        }
    }

    /// Deletes for good what cannot be taken back any more, one removal in each transaction. How many removals there were.
    ///
    /// Each gets the receipt of who asked for it.
    package func finishDue(at moment: Date) async throws -> Int {
        var count = 0
        while true {
            let finished = try await engine.write { connection in
                let due = try connection.first(
                    "\(Self.select(.system)) WHERE m.due_at <= \(moment) ORDER BY m.due_at, m.id LIMIT 1"
                ) { try Self.removal(&$0) }
                guard let due else { return false }
                try Self.finish(due, by: .system, at: moment, connection)
                return true
            }
            guard finished else { return count }
            count += 1
        }
    }

    /// In a copy of the catalogue that goes elsewhere: what was deleted does not go along.
    static func finishAll(at moment: Date, _ connection: any SQLConnection) throws {
        let all = try connection.rows("\(select(.system)) ORDER BY m.id") { try removal(&$0) }
        for removal in all { try finish(removal, by: .system, at: moment, connection) }
    }

    @discardableResult
    private static func finish(
        _ removal: Removal, by viewer: Viewer, at moment: Date, _ connection: any SQLConnection
    ) throws -> ErasureID {
        let request = ErasureRequest(
            removal.kind, subject: removal.subject, for: removal.requestedBy, at: moment)
        try request.begin(connection)
        let set = UploadSetID(stored: removal.subject)
        let isWhole =
            try removal.kind == .uploadSet
            && connection.exists("SELECT 1 FROM upload_sets WHERE id = \(set) AND erased_at IS NOT NULL")
            // What a viewer may not change is not theirs to delete with the rest.
            && connection.exists("SELECT 1 FROM upload_sets u WHERE u.id = \(set) AND \(Sight(viewer).edits("u"))")
        if isWhole {
            try UploadSetStore.delete(set, as: request, connection)
        } else {
            try RemovalTable.erase(
                where: "w.removal_id = \(removal.id) AND \(Sight(viewer).edits("p"))", as: request, connection)
        }
        if removal.kind == .sequence {
            try RemovalTable.forgetAway(SequenceID(stored: removal.subject), connection)
        }
        try request.finishIfEmpty(connection)
        try AuditStore.insert(
            "removal.finished", by: viewer, subject: removal.id.string,
            details: ["kind": removal.kind.rawValue, "receipt": request.id.string], at: moment, connection)
        return request.id
    }

    private static func find(
        _ id: RemovalID, _ viewer: Viewer, _ connection: any SQLConnection
    ) throws -> Removal? {
        try connection.first("\(select(viewer)) WHERE m.id = \(id) AND \(sees(viewer))") { try removal(&$0) }
    }

    private static func sees(_ viewer: Viewer) -> SQLStatement {
        if viewer.seesEverything { return "1 = 1" }
        guard let account = viewer.accountID else { return "1 = 0" }
        return "m.requested_by = \(account) AND EXISTS (SELECT 1 \(pictures(viewer)))"
    }

    /// Of `removals m`, what the viewer may change.
    private static func pictures(_ viewer: Viewer) -> SQLStatement {
        """
        FROM removal_pictures w JOIN pictures p ON p.id = w.picture_id
        WHERE w.removal_id = m.id AND \(Sight(viewer).edits("p"))
        """
    }

    private static func select(_ viewer: Viewer) -> SQLStatement {
        """
        SELECT m.id, m.kind, m.subject, COALESCE(CASE m.kind
                WHEN 'sequence' THEN (SELECT s.title FROM sequences s WHERE s.id = m.subject)
                WHEN 'upload-set' THEN (SELECT u.title FROM upload_sets u WHERE u.id = m.subject)
                ELSE (SELECT f.original_name FROM pictures f WHERE f.id = m.subject) END, ''),
            m.requested_by, a.name, m.requested_at, m.due_at, (SELECT COUNT(*) \(pictures(viewer)))
        FROM removals m LEFT JOIN accounts a ON a.id = m.requested_by
        """
    }

    private static func removal(_ row: inout SQLRowReader) throws -> Removal {
        Removal(
            id: row.id(), kind: try row.word(), subject: row.text(), title: row.text(),
            requestedBy: row.optionalID(), requester: row.optionalText(), requestedAt: row.date(), dueAt: row.date(),
            pictures: row.int())
    }
}

import Domain
import Foundation

/// Receipts for what was erased: seen by who asked, and by administrators.
package struct ErasureStore: Sendable {
    let engine: any SQLEngine

    package func find(_ id: ErasureID, viewer: Viewer) async throws -> Erasure? {
        try await engine.read { connection in
            try connection.first(
                "SELECT \(Self.columns) FROM erasures e WHERE e.id = \(id) AND \(Self.sees(viewer))"
            ) { try Self.erasure(&$0) }
        }
    }

    /// Newest first. `before`: keyset, the last row of the page before.
    package func list(before: Erasure?, limit: Int, viewer: Viewer) async throws -> [Erasure] {
        var statement: SQLStatement = "SELECT \(Self.columns) FROM erasures e WHERE \(Self.sees(viewer))"
        if let before {
            let moment = before.requestedAt
            statement += " AND e.requested_at <= \(moment) AND (e.requested_at < \(moment) OR e.id > \(before.id))"
        }
        statement += " ORDER BY e.requested_at DESC, e.id LIMIT \(limit)"
        return try await engine.read { [statement] connection in
            try connection.rows(statement) { try Self.erasure(&$0) }
        }
    }

    /// The proofs of a receipt that the viewer was shown, by picture.
    package func proofs(of id: ErasureID) async throws -> [Erasure.Proof] {
        try await engine.read { connection in
            try connection.rows(
                "SELECT picture_id, digest FROM erasure_pictures WHERE erasure_id = \(id) ORDER BY picture_id"
            ) { Erasure.Proof(picture: $0.id(), digest: $0.text()) }
        }
    }

    /// Forgets receipts of what was gone before `moment`, proofs first; never those that still wait.
    ///
    /// - Parameter limit: rows at a time, so that nobody waits for the writer long.
    /// - Returns: whether there may be more.
    package func forget(finishedBefore moment: Date, limit: Int) async throws -> Bool {
        try await engine.write { connection in
            let old = try connection.first(
                "SELECT id FROM erasures WHERE finished_at IS NOT NULL AND finished_at < \(moment) LIMIT 1"
            ) { $0.id(ErasureID.self) }
            guard let old else { return false }
            let proofs = try connection.execute(
                """
                DELETE FROM erasure_pictures WHERE erasure_id = \(old) AND picture_id IN
                    (SELECT picture_id FROM erasure_pictures WHERE erasure_id = \(old) LIMIT \(limit))
                """)
            if proofs < limit { try connection.execute("DELETE FROM erasures WHERE id = \(old)") }
            return true
        }
    }

    private static func sees(_ viewer: Viewer) -> SQLStatement {
        if viewer.seesEverything { return "1 = 1" }
        guard let account = viewer.accountID else { return "1 = 0" }
        return "e.requested_by = \(account)"
    }

    private static let columns: SQLStatement = """
        e.id, e.kind, e.subject, e.requested_by, e.requested_at, e.finished_at, e.pictures, \
        (SELECT COUNT(*) FROM erasure_pictures g WHERE g.erasure_id = e.id AND g.gone_at IS NULL), \
        e.handed_over, e.salt
        """

    private static func erasure(_ row: inout SQLRowReader) throws -> Erasure {
        Erasure(
            id: row.id(), kind: try row.word(), subject: row.text(), requestedBy: row.optionalID(),
            requestedAt: row.date(), finishedAt: row.optionalDate(), pictures: row.int(), remaining: row.int(),
            handedOver: row.int(), salt: row.text())
    }
}

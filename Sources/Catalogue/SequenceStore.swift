import Domain
import Foundation

/// Sequences: seen when at least one of their pictures is listed for the viewer; by their id also by owner,
/// administrators and managers of the label before that.
package struct SequenceStore: Sendable {
    let engine: any SQLEngine

    package func find(_ id: SequenceID, viewer: Viewer) async throws -> SequenceSummary? {
        let sight = Sight(viewer)
        return try await engine.read { connection in
            let summary = try connection.first(
                """
                SELECT \(SequenceSummaryRow.columns) FROM sequences s \(SequenceSummaryRow.joins)
                LEFT JOIN sequence_figures f ON f.sequence_id = s.id AND f.audience = \(sight.level(of: "s"))
                WHERE s.id = \(id) AND (f.sequence_id IS NOT NULL OR \(Self.isKnown(sight)))
                """
            ) { try SequenceSummaryRow.summary(&$0) }
            guard let summary else { return nil }
            return try SequenceSummaryRow.withMeaning([summary], connection).first
        }
    }

    /// Sequences with pictures, newest capture first; keyset `after`. A box or time chooses those that touch it.
    ///
    /// Throws `.invalid` for a filter that cannot be used.
    package func list(_ query: SequenceQuery, viewer: Viewer) async throws -> [SequenceSummary] {
        let sight = Sight(viewer)
        let statement: SQLStatement = """
            SELECT \(SequenceSummaryRow.columns) FROM sequence_figures f CROSS JOIN sequences s ON s.id = f.sequence_id
            \(SequenceSummaryRow.joins)
            WHERE f.audience = \(sight.level(of: "s"))\(try Self.conditions(query))
            ORDER BY \(query.sort.clause) LIMIT \(query.limit)
            """
        return try await engine.read { connection in
            let summaries = try connection.rows(statement) { try SequenceSummaryRow.summary(&$0) }
            return try SequenceSummaryRow.withMeaning(summaries, connection)
        }
    }

    /// Deletes it with its pictures (out of sight at once; queues `erase`). The id of the receipt.
    ///
    /// - Parameter version: when it had changed last, as who deletes it saw it; nil to delete it whatever it is now.
    /// - Throws: `.preconditionFailed` when it has changed since.
    @discardableResult
    package func delete(
        _ id: SequenceID, by viewer: Viewer = .system, ifUpdatedAt version: Date? = nil
    ) async throws -> ErasureID {
        let moment = Date.now
        return try await engine.write { connection in
            guard try connection.exists("SELECT 1 FROM sequences WHERE id = \(id) AND is_away = 0") else {
                throw Failure.notFound("sequence")
            }
            try Precondition.check(version, "SELECT updated_at FROM sequences WHERE id = \(id)", connection)
            let request = ErasureRequest(.sequence, id, by: viewer, at: moment)
            try request.begin(connection)
            try RemovalTable.erase(where: "w.sequence_id = \(id)", as: request, connection)
            try PictureErasure.hide(where: try Self.pictures(of: id, connection), as: request, at: moment, connection)
            try connection.execute("DELETE FROM sequences WHERE id = \(id)")
            try request.finishIfEmpty(connection)
            return request.id
        }
    }

    /// Its pictures; of one that was made before them, also those that are on their way to it.
    static func pictures(of id: SequenceID, _ connection: any SQLConnection) throws -> SQLStatement {
        let set = try connection.first("SELECT upload_set_id FROM sequences WHERE id = \(id) AND is_kept = 1") {
            $0.id(UploadSetID.self)
        }
        guard let set else { return "sequence_id = \(id)" }
        return "(sequence_id = \(id) OR (sequence_id IS NULL AND upload_set_id = \(set)))"
    }

    /// A sequence of one's own, or of a label one manages, with a picture that is not kept from one; or one of one's own
    /// that was made before its pictures.
    static func isKnown(_ sight: Sight) -> SQLStatement {
        if sight.viewer.seesEverything { return "s.is_away = 0" }
        return """
            s.is_away = 0 AND (\(sight.manages("s")) AND EXISTS (SELECT 1 FROM pictures k WHERE k.sequence_id = s.id \
            AND k.audience >= \(sight.level(of: "s"))) OR (s.is_kept = 1 AND \(sight.level(of: "s")) = 0))
            """
    }

    private static func conditions(_ query: SequenceQuery) throws -> SQLStatement {
        var parts: SQLStatement = ""
        if let box = query.box { parts += " AND \(SequenceSummaryRow.touches(box))" }
        if let from = query.from { parts += " AND f.captured_to >= \(from)" }
        if let to = query.to { parts += " AND f.captured_from <= \(to)" }
        if let account = query.account { parts += " AND s.account_id = \(account)" }
        if let set = query.uploadSet { parts += " AND s.upload_set_id = \(set)" }
        if let label = query.label { parts += " AND s.label_id = \(label)" }
        if let moment = query.createdAfter { parts += " AND s.created_at > \(moment)" }
        if let moment = query.createdBefore { parts += " AND s.created_at < \(moment)" }
        if let after = query.after { parts += " AND \(query.sort.isAfter(after))" }
        if let filter = query.filter { parts += " AND \(try FilterCompiler(.sequences).condition(filter))" }
        return parts
    }
}

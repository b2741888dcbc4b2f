import Domain
import Foundation

/// What people say about what is hidden in a picture. Each change is one transaction that also takes the picture out of
/// sight until it is done, queues that, and writes the audit log. Each throws `.notFound` when there is no such picture.
package struct CorrectionStore: Sendable {
    let engine: any SQLEngine

    /// A person corrects a picture a few times; more is a mistake of a script.
    private static let most = 500

    /// What was said of a picture, oldest first; nothing when the viewer may not see it.
    package func list(of id: PictureID, viewer: Viewer) async throws -> [Correction] {
        try await engine.read { connection in
            guard
                try connection.exists(
                    "SELECT 1 FROM pictures p WHERE p.id = \(id) AND \(Sight(viewer).sees(named: "p"))")
            else { return [] }
            return try CorrectionRow.list(of: id, connection)
        }
    }

    /// What is owed to a picture's redaction.
    package func order(_ id: PictureID) async throws -> RedactionOrder {
        try await engine.read { connection in
            let run = try connection.first(
                "SELECT preset, needs_original, requested_at FROM redaction_runs WHERE picture_id = \(id)"
            ) { row in
                RedactionRun(
                    preset: try row.optionalWord(), needsOriginal: row.bool(), requestedAt: row.date())
            }
            return RedactionOrder(corrections: try CorrectionRow.list(of: id, connection), run: run)
        }
    }

    /// Hides an outline too. Throws `.conflict` when the picture is not made yet, `.tooMany` after very many.
    package func add(_ region: Polygon, to id: PictureID, by viewer: Viewer, at moment: Date) async throws
        -> Correction
    {
        let correction = Correction(
            pictureID: id, change: .region(region), accountID: viewer.accountID, createdAt: moment)
        try await engine.write { connection in
            try Self.requireRoom(id, connection)
            try CorrectionRow.insert(correction, connection)
            try Self.hide(id, at: moment, connection)
            try AuditStore.insert(
                "redaction.region-added", by: viewer, subject: id.string,
                details: ["correction": correction.id.string], at: moment, connection)
        }
        return correction
    }

    /// Shows again what was hidden, from the original.
    ///
    /// - Parameters:
    ///   - changes: findings that are wrong, and regions that are not to be hidden any more.
    ///   - stagedName: the original as it was sent again; nil when it is kept.
    package func remove(
        _ change: RedactionRemoval, from id: PictureID, stagedName: String?, by viewer: Viewer, at moment: Date
    ) async throws {
        try await engine.write { connection in
            try Self.requireRoom(id, connection)
            switch change {
            case .finding(let finding):
                let correction = Correction(
                    pictureID: id, change: .wrong(finding), accountID: viewer.accountID, createdAt: moment)
                try CorrectionRow.insert(correction, connection)
                try AuditStore.insert(
                    "redaction.finding-refuted", by: viewer, subject: id.string,
                    details: ["correction": correction.id.string, "subject": finding.subject.rawValue], at: moment,
                    connection)
            case .correction(let correction):
                let count = try connection.execute(
                    "DELETE FROM corrections WHERE id = \(correction) AND picture_id = \(id)")
                guard count == 1 else { throw Failure.notFound("redaction") }
                try AuditStore.insert(
                    "redaction.correction-withdrawn", by: viewer, subject: id.string,
                    details: ["correction": correction.string], at: moment, connection)
            }
            try Self.owe(id, needsOriginal: true, at: moment, connection)
            try Self.settleOriginal(of: id, stagedName, connection)
            try Self.hide(id, at: moment, connection)
        }
    }

    /// The one that waits already counts before one that was sent again.
    private static func settleOriginal(
        of id: PictureID, _ stagedName: String?, _ connection: any SQLConnection
    ) throws {
        try connection.execute(
            "UPDATE pictures SET staged_name = \(stagedName) WHERE id = \(id) AND staged_name IS NULL")
        let isStaged = try connection.exists("SELECT 1 FROM pictures WHERE id = \(id) AND staged_name IS NOT NULL")
        guard try isStaged || OriginalStore.isKept(id, at: .now, connection) else {
            throw Failure(.conflict, "The original of this picture is not here any more; send it again.")
        }
    }

    private static func requireRoom(_ id: PictureID, _ connection: any SQLConnection) throws {
        let known = try PictureStore.known(id, connection)
        // One that was never made has nothing to draw on, and its own job to come.
        let isMade = try connection.exists("SELECT 1 FROM pictures WHERE id = \(id) AND derivatives <> '[]'")
        guard isMade, known.status != .waiting else {
            throw Failure(.conflict, "The picture is not ready yet; correct it when it is.")
        }
        let count = try connection.number("SELECT COUNT(*) FROM corrections WHERE picture_id = \(id)")
        guard count < most else { throw Failure(.conflict, "This picture has \(most) corrections already.") }
    }

    /// Out of sight at once: in no list, and its files are not sent, until it is made anew.
    private static func hide(_ id: PictureID, at moment: Date, _ connection: any SQLConnection) throws {
        let known = try PictureStore.known(id, connection)
        try connection.execute(
            """
            UPDATE pictures SET status = 'preparing', listed = 0, broken_reason = NULL, updated_at = \(moment)
            WHERE id = \(id)
            """)
        if known.isListed, let sequence = known.sequence {
            try SequenceFigures.refresh(sequence, at: moment, connection)
        }
        try JobTable.remove(.rerun(id), connection)
        try JobTable.queue(.redact(id), at: moment, connection)
    }

    private static func owe(
        _ id: PictureID, needsOriginal: Bool, at moment: Date, _ connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            INSERT INTO redaction_runs (picture_id, preset, needs_original, requested_at)
            VALUES (\(id), NULL, \(needsOriginal), \(moment))
            ON CONFLICT (picture_id) DO UPDATE SET needs_original = excluded.needs_original,
                requested_at = excluded.requested_at
            """)
    }
}

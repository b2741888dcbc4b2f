import Domain
import Foundation

/// Pictures that are here already.
extension ProcessingStore {
    /// Of how many pictures of a label something can be made anew, and of how many not, since their original is gone.
    package struct Reach: Hashable, Sendable {
        package let owed: Int
        package let kept: Int
    }

    /// Has all pictures of a label made anew as its rule says now, where their original is here; they stay in sight
    /// meanwhile. What people have drawn goes along. Audited in the same transaction.
    package func rerun(_ label: CameraLabelID, by viewer: Viewer, at moment: Date) async throws -> Reach {
        try await engine.write { connection in
            _ = try Self.rule(of: label, connection)
            let all = Int(
                try connection.number(
                    "SELECT COUNT(*) FROM pictures p WHERE p.label_id = \(label) AND p.status = 'prepared'"))
            let chosen = try connection.rows(
                """
                SELECT p.id, f.frame FROM pictures p LEFT JOIN picture_frames f ON f.picture_id = p.id
                WHERE p.label_id = \(label) AND p.status = 'prepared' AND p.erased_at IS NULL
                    AND (p.staged_name IS NOT NULL OR EXISTS (
                        SELECT 1 FROM originals o WHERE o.picture_id = p.id AND o.kind = 'kept'
                            AND (o.expires_at IS NULL OR o.expires_at > \(moment))))
                """
            ) { row in (row.id(PictureID.self), try row.optionalJSON(FrameRecord.self)) }
            for (picture, record) in chosen {
                let owed = FrameRecord(
                    frame: record?.frame, isOwed: true, turns: record?.turns ?? 0, owedTurns: record?.owedTurns ?? 0)
                try Self.note(owed, of: picture, connection)
                try connection.execute(
                    """
                    INSERT INTO redaction_runs (picture_id, preset, needs_original, requested_at)
                    VALUES (\(picture), NULL, 1, \(moment))
                    ON CONFLICT (picture_id) DO UPDATE SET needs_original = 1, requested_at = excluded.requested_at
                    """)
                try JobTable.remove(.rerun(picture), connection)
                try JobTable.queue(.rerun(picture), at: moment, connection)
            }
            try AuditStore.insert(
                "label.processing-rerun", by: viewer, subject: label.string,
                details: ["pictures": "\(chosen.count)", "without-original": "\(all - chosen.count)"], at: moment,
                connection)
            return Reach(owed: chosen.count, kept: all - chosen.count)
        }
    }
}

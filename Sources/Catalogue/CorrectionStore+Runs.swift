import Domain
import Foundation

/// Many pictures at once, and what the pipeline writes.
extension CorrectionStore {
    /// Asks for all made pictures of a scope to be looked through once more; they stay in sight meanwhile. How many.
    ///
    /// - Parameter preset: what is looked for; nil: as each camera label says.
    package func rerun(
        _ scope: PictureScope, preset: RedactionPreset?, by viewer: Viewer, at moment: Date
    ) async throws -> Int {
        let chosen: SQLStatement = """
            SELECT p.id FROM pictures p
            WHERE \(scope.condition) AND p.status = 'prepared' AND \(Sight(viewer).sees(named: "p"))
            """
        return try await engine.write { connection in
            try connection.execute(
                """
                INSERT INTO redaction_runs (picture_id, preset, needs_original, requested_at)
                SELECT id, \(preset?.rawValue), 0, \(moment) FROM (\(chosen)) WHERE true
                ON CONFLICT (picture_id) DO UPDATE SET preset = excluded.preset, requested_at = excluded.requested_at
                """)
            try connection.execute("DELETE FROM jobs WHERE step = 'rerun' AND subject IN (\(chosen))")
            let count = try connection.execute(
                """
                INSERT INTO jobs (step, subject, priority, due_at, created_at)
                SELECT \(JobKind.rerun.rawValue), id, \(JobKind.rerun.priority), \(moment), \(moment) FROM (\(chosen))
                """)
            if viewer.seesEverything {
                try RemovalTable.oweRerun(where: scope.condition, preset: preset, at: moment, connection)
            }
            try AuditStore.insert(
                "redaction.rerun", by: viewer, subject: scope.subject,
                details: ["pictures": "\(count)", "preset": preset?.rawValue ?? "label"], at: moment, connection)
            return count
        }
    }

    /// How many pictures of a scope are still owed it; those given up do not count.
    package func waiting(_ scope: PictureScope) async throws -> Int {
        try await engine.read { connection in
            Int(
                try connection.number(
                    """
                    SELECT COUNT(*) FROM redaction_runs r JOIN pictures p ON p.id = r.picture_id
                    WHERE \(scope.condition) AND p.erased_at IS NULL AND p.status <> 'broken'
                    """))
        }
    }

    /// Of how many pictures of a scope the original is here, so that something can be shown again.
    package func originals(_ scope: PictureScope, at moment: Date = .now) async throws -> Int {
        try await engine.read { connection in
            Int(
                try connection.number(
                    """
                    SELECT COUNT(*) FROM redaction_runs r JOIN pictures p ON p.id = r.picture_id
                    WHERE \(scope.condition) AND p.erased_at IS NULL AND (p.staged_name IS NOT NULL OR EXISTS (
                            SELECT 1 FROM originals o WHERE o.picture_id = p.id AND o.kind = 'kept'
                                AND (o.expires_at IS NULL OR o.expires_at > \(moment))))
                    """))
        }
    }

    /// Made anew at a later revision: in sight again. The job stays, for what is left to tidy up.
    ///
    /// - Parameter order: what was owed when it was made; what was said since then is still owed.
    ///
    /// Throws `.conflict`, and changes nothing, when the job's lease has been lost.
    package func redone(
        _ id: PictureID, _ order: RedactionOrder, tags: PictureTags, redactions: [Redaction],
        findings: ModelFindings.Outcome = .more([]), derivatives: [Derivative], revision: Int,
        framed change: FrameChange? = nil, holding job: Job
    ) async throws {
        let moment = Date.now
        let redactionList = try JSONText.encode(redactions)
        let derivativeList = try DerivativeList.encode(derivatives)
        try await engine.write { connection in
            guard try connection.exists("SELECT 1 FROM jobs WHERE \(JobTable.isHeld(job))") else {
                throw JobTable.lostLease
            }
            let known = try PictureStore.known(id, connection)
            if let change { try change.apply(to: id, tags, connection) }
            try connection.execute(
                """
                UPDATE pictures SET status = 'prepared', broken_reason = NULL, staged_name = NULL,
                    listed = CASE WHEN sequence_id IS NULL THEN 0 ELSE 1 END,
                    redactions = \(redactionList), derivatives = \(derivativeList), revision = \(revision),
                    updated_at = \(moment)
                WHERE id = \(id)
                """)
            try connection.execute(
                """
                UPDATE corrections SET applied_revision = \(revision)
                WHERE id IN \(SQLStatement.list(order.corrections.map { .id($0.id) })) AND applied_revision IS NULL
                """)
            try connection.execute("DELETE FROM redaction_runs WHERE picture_id = \(id)")
            try AnnotationTable.note(findings, of: id, at: moment, connection)
            try RawTable.queueWaiting(id, at: moment, connection)
            guard !known.isListed, let sequence = known.sequence, let rank = known.rank else { return }
            try SequenceFigures.add(tags, rank: rank, audience: known.audience, to: sequence, at: moment, connection)
        }
    }

    /// A run that fails leaves the picture as it is: what is hidden stays hidden.
    package func giveUp(_ id: PictureID, ending job: Job) async throws {
        try await engine.write { connection in
            try JobTable.end(job, connection)
            try connection.execute("DELETE FROM redaction_runs WHERE picture_id = \(id)")
            try ProcessingStore.forgetTurn(of: id, connection)
        }
    }
}

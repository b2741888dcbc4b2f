import Domain
import Foundation

/// What reports are about, kept true in the transactions that move pictures.
enum ReportedPictures {
    /// The report is about the pictures that `condition` (on `pictures`) holds for.
    static func add(where condition: SQLStatement, to report: ReportID, _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO report_pictures (picture_id, report_id, redactions)
            SELECT id, \(report), redactions FROM pictures WHERE \(condition) AND erased_at IS NULL
            """)
    }

    /// Pictures of the set that came into a reported sequence belong to the report, too.
    static func follow(_ set: UploadSetID, _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO report_pictures (picture_id, report_id, redactions)
            SELECT p.id, r.id, p.redactions FROM reports r JOIN pictures p ON p.sequence_id = r.sequence_id
            WHERE r.upload_set_id = \(set) AND r.status = 'waiting' AND p.erased_at IS NULL
            ON CONFLICT (picture_id, report_id) DO NOTHING
            """)
    }

    /// Waiting reports about any of the `pictures` (a select of ids).
    static func waiting(on pictures: SQLStatement, _ connection: any SQLConnection) throws -> [ReportID] {
        try connection.rows(
            """
            SELECT DISTINCT r.id FROM report_pictures h JOIN reports r ON r.id = h.report_id
            WHERE h.picture_id IN (\(pictures)) AND r.status = 'waiting'
            """
        ) { $0.id() }
    }

    /// Closes those of the reports whose pictures are all erased.
    static func closeWhatIsGone(_ reports: [ReportID], at moment: Date, _ connection: any SQLConnection) throws {
        for id in reports {
            try connection.execute(
                """
                UPDATE reports SET status = \(Report.Status.solved.rawValue), closed_at = \(moment)
                WHERE id = \(id) AND NOT EXISTS (
                    SELECT 1 FROM report_pictures h JOIN pictures p ON p.id = h.picture_id
                    WHERE h.report_id = \(id) AND p.erased_at IS NULL)
                """)
        }
    }

    /// Hides or shows the pictures of a report anew, with the figures of their sequences.
    static func applyAudience(of report: ReportID, at moment: Date, _ connection: any SQLConnection) throws {
        let pictures: SQLStatement = "id IN (SELECT picture_id FROM report_pictures WHERE report_id = \(report))"
        try AudienceRule.apply(where: pictures, connection)
        let sequences = try connection.rows(
            "SELECT DISTINCT sequence_id FROM pictures WHERE \(pictures) AND sequence_id IS NOT NULL"
        ) { $0.id(SequenceID.self) }
        for id in sequences { try SequenceFigures.refresh(id, at: moment, connection) }
    }

    /// Whether in any picture of the report something is hidden that was not when the report came.
    static func isRedacted(since report: ReportID, _ connection: any SQLConnection) throws -> Bool {
        try connection.rows(
            """
            SELECT h.redactions, p.redactions FROM report_pictures h JOIN pictures p ON p.id = h.picture_id
            WHERE h.report_id = \(report) AND h.redactions <> p.redactions
            """
        ) { row -> Bool in
            let (before, after) = (try row.jsonList(of: Redaction.self), try row.jsonList(of: Redaction.self))
            return after.contains { isNew($0, besides: before) }
        }.contains(true)
    }

    /// What a person has drawn is new; what a model finds where something was hidden already is not.
    private static func isNew(_ redaction: Redaction, besides before: [Redaction]) -> Bool {
        !before.contains { known in
            known == redaction || (redaction.subject != .region && known.overlap(with: redaction) >= 0.5)
        }
    }
}

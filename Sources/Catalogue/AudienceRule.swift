import Domain
import Foundation

/// Who a picture is for, from what was said of it alone, of its sequence and of its upload set, and from reports.
///
/// What a waiting report is about is for nobody but its owner, and so is what lies in an area where nothing may be shown.
/// An owner-only sequence (or upload set, before there are sequences) hides all its pictures; otherwise what was said of
/// the picture alone counts before what was said of the whole.
enum AudienceRule {
    /// Sets the audience of the pictures that `condition` (on `pictures`) holds for. The files of those that fewer may
    /// see from now on get new names.
    static func apply(where condition: SQLStatement, _ connection: any SQLConnection) throws {
        let chosen: SQLStatement = "\(condition) AND erased_at IS NULL"
        try conceal(where: "\(chosen) AND audience > \(rule) AND derivatives <> '[]'", connection)
        try connection.execute("UPDATE pictures SET audience = \(rule) WHERE \(chosen) AND audience <> \(rule)")
    }

    /// Whether a waiting report hides the picture of `table`, as a value.
    static func isHidden(picture table: StaticString) -> SQLStatement {
        """
        EXISTS (SELECT 1 FROM report_pictures h JOIN reports o ON o.id = h.report_id \
        WHERE h.picture_id = \(raw: table).id AND o.status = 'waiting')
        """
    }

    /// Whether a waiting report is about the whole sequence of `table`, as a value.
    static func isHidden(sequence table: StaticString) -> SQLStatement {
        "EXISTS (SELECT 1 FROM reports o WHERE o.sequence_id = \(raw: table).id AND o.status = 'waiting')"
    }

    /// Queues `conceal` afresh: a worker that has it has seen an older state.
    private static func conceal(where condition: SQLStatement, _ connection: any SQLConnection) throws {
        let (kind, moment) = (JobKind.conceal, Date.now)
        try connection.execute(
            """
            DELETE FROM jobs
            WHERE step = \(kind.rawValue) AND subject IN (SELECT id FROM pictures WHERE \(condition))
            """)
        try connection.execute(
            """
            INSERT INTO jobs (step, subject, priority, due_at, created_at)
            SELECT \(kind.rawValue), id, \(kind.priority), \(moment), \(moment) FROM pictures WHERE \(condition)
            """)
    }

    private static let rule: SQLStatement = """
        CASE WHEN \(isHidden(picture: "pictures")) OR \(isInArea) OR \(whole) = 'owner-only' THEN 0 \
        ELSE CASE COALESCE(own_visibility, \(whole)) WHEN 'anyone' THEN 2 WHEN 'logged-only' THEN 1 ELSE 0 END END
        """

    private static let isInArea: SQLStatement =
        "EXISTS (SELECT 1 FROM pictures_in_areas e WHERE e.picture_id = pictures.id)"

    private static let whole: SQLStatement = """
        COALESCE((SELECT s.visibility FROM sequences s WHERE s.id = pictures.sequence_id), \
        (SELECT u.visibility FROM upload_sets u WHERE u.id = pictures.upload_set_id))
        """
}

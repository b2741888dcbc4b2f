import Domain
import Foundation

/// Takes pictures out of sight at once, and queues the removal of what is stored of them.
///
/// Conditions speak of columns of `pictures` alone, since the other tables change on the way.
enum PictureErasure {
    /// Erases the pictures that `condition` (on `pictures`) holds for; a sequence that is left empty goes.
    ///
    /// A file that became such a picture is forgotten, so that it can be sent again; one that has a rejection keeps it.
    static func erase(
        where condition: SQLStatement, as request: ErasureRequest? = nil, at moment: Date,
        _ connection: any SQLConnection
    ) throws {
        let chosen: SQLStatement = "\(condition) AND erased_at IS NULL"
        let left = try LeftBehind(by: chosen, connection)
        try hide(where: chosen, as: request, at: moment, connection)
        try left.settle(at: moment, connection)
    }

    /// As `erase`, but leaves the sequences to the caller.
    ///
    /// - Parameter request: the receipt, when somebody asked for it.
    static func hide(
        where condition: SQLStatement, as request: ErasureRequest? = nil, at moment: Date,
        _ connection: any SQLConnection
    ) throws {
        try request?.note(where: condition, connection)
        let chosen: SQLStatement = "SELECT id FROM pictures WHERE \(condition) AND erased_at IS NULL"
        let reports = try ReportedPictures.waiting(on: chosen, connection)
        try connection.execute("DELETE FROM jobs WHERE id IN (\(jobs(of: chosen)))")
        try connection.execute(
            """
            INSERT INTO jobs (step, subject, priority, due_at, created_at)
            SELECT \(JobKind.erase.rawValue), id, \(JobKind.erase.priority), \(moment), \(moment)
            FROM pictures WHERE \(condition) AND erased_at IS NULL
            """)
        try forgetFiles(of: chosen, connection)
        try connection.execute(
            """
            UPDATE pictures SET erased_at = \(moment), listed = 0, sequence_id = NULL, rank = NULL
            WHERE \(condition) AND erased_at IS NULL
            """)
        try ReportedPictures.closeWhatIsGone(reports, at: moment, connection)
    }

    /// The jobs of the `pictures` (a select of ids), as a select of theirs.
    static func jobs(of pictures: SQLStatement) -> SQLStatement {
        // Picture and model, with a slash between; the character after it is a zero.
        """
        SELECT id FROM jobs WHERE step IN ('conceal', 'redact', 'inspect', 'develop', 'rerun', 'erase')
            AND subject IN (\(pictures))
        UNION ALL
        SELECT j.id FROM (\(pictures)) c
        CROSS JOIN jobs j ON j.step = 'detect' AND j.subject >= c.id || '/' AND j.subject < c.id || '0'
        """
    }

    /// A file that became one of the `pictures` (a select of ids) can be sent again; one that has a rejection keeps it.
    static func forgetFiles(of pictures: SQLStatement, _ connection: any SQLConnection) throws {
        try connection.execute(
            "DELETE FROM upload_files WHERE rejection_reason IS NULL AND picture_id IN (\(pictures))")
        try connection.execute("UPDATE upload_files SET picture_id = NULL WHERE picture_id IN (\(pictures))")
    }
}

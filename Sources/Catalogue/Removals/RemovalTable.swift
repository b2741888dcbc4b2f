import Domain
import Foundation

/// What waits to be deleted, inside the transactions that change it.
enum RemovalTable {
    /// Of `pictures`: there, or it can be taken back. Its bytes are needed.
    static func keeps(_ table: StaticString) -> SQLStatement {
        """
        (\(raw: table).erased_at IS NULL \
        OR \(raw: table).id IN (SELECT w.picture_id FROM removal_pictures w WHERE w.picture_id = \(raw: table).id))
        """
    }

    /// The work that is owed to the `pictures` (a select of ids) is put aside.
    static func keepJobs(of pictures: SQLStatement, _ connection: any SQLConnection) throws {
        let jobs = PictureErasure.jobs(of: pictures)
        try connection.execute(
            """
            INSERT INTO removal_jobs (picture_id, step, subject, priority)
            SELECT substr(subject, 1, 36), step, subject, priority FROM jobs WHERE id IN (\(jobs))
            """)
        try connection.execute("DELETE FROM jobs WHERE id IN (\(jobs))")
    }

    /// The files that became the `pictures` (a select of ids), or were refused as their duplicates, are put aside.
    static func keepFiles(of pictures: SQLStatement, _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO removal_files
                (id, upload_set_id, path, size, sha256, md5, received_at, picture_id, is_refused)
            SELECT id, upload_set_id, path, size, sha256, md5, received_at, picture_id, rejection_reason IS NOT NULL
            FROM upload_files WHERE picture_id IN (\(pictures))
            """)
        try PictureErasure.forgetFiles(of: pictures, connection)
    }

    /// A model is to be run on pictures that wait, too, once they are taken back: what it hides must be hidden then.
    ///
    /// - Parameter condition: on `pictures p`.
    static func oweRerun(
        where condition: SQLStatement, preset: RedactionPreset?, at moment: Date, _ connection: any SQLConnection
    ) throws {
        let chosen: SQLStatement = """
            SELECT p.id FROM removal_pictures w JOIN pictures p ON p.id = w.picture_id
            WHERE \(condition) AND p.status = 'prepared'
            """
        try connection.execute(
            """
            INSERT INTO redaction_runs (picture_id, preset, needs_original, requested_at)
            SELECT id, \(preset?.rawValue), 0, \(moment) FROM (\(chosen)) WHERE true
            ON CONFLICT (picture_id) DO UPDATE SET preset = excluded.preset, requested_at = excluded.requested_at
            """)
        try connection.execute(
            """
            INSERT INTO removal_jobs (picture_id, step, subject, priority)
            SELECT id, \(JobKind.rerun.rawValue), id, \(JobKind.rerun.priority) FROM (\(chosen)) WHERE true
            ON CONFLICT DO NOTHING
            """)
    }

    /// Takes the pictures out of their removals, so that they can be erased as any others; they stay out of sight. Which.
    ///
    /// - Parameter condition: on `removal_pictures w` and `pictures p`.
    static func release(where condition: SQLStatement, _ connection: any SQLConnection) throws -> [PictureID] {
        let ids = try connection.rows(
            """
            SELECT p.id FROM removal_pictures w JOIN pictures p ON p.id = w.picture_id
            WHERE \(condition) ORDER BY p.id
            """
        ) { $0.id(PictureID.self) }
        for part in ids.parts(of: 500) {
            let chosen = SQLStatement.list(part.map { .id($0) })
            try connection.execute("UPDATE pictures SET erased_at = NULL WHERE id IN \(chosen)")
            try forget(chosen, connection)
        }
        try forgetEmpty(connection)
        return ids
    }

    /// Erases what waits, with the receipt of what is erased beside it.
    ///
    /// - Parameter condition: as of `release`.
    static func erase(
        where condition: SQLStatement, as request: ErasureRequest, _ connection: any SQLConnection
    ) throws {
        let sequences = try connection.rows(
            """
            SELECT DISTINCT w.sequence_id FROM removal_pictures w JOIN pictures p ON p.id = w.picture_id
            WHERE w.sequence_id IS NOT NULL AND \(condition)
            """
        ) { $0.id(SequenceID.self) }
        for part in try release(where: condition, connection).parts(of: 500) {
            try PictureErasure.erase(
                where: "id IN \(SQLStatement.list(part.map { .id($0) }))", as: request, at: request.moment, connection)
        }
        for id in sequences { try forgetAway(id, connection) }
    }

    /// A sequence that was away goes with the last of its pictures, also one that was made before them.
    static func forgetAway(_ id: SequenceID, _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            DELETE FROM sequences WHERE id = \(id) AND is_away = 1
                AND NOT EXISTS (SELECT 1 FROM pictures WHERE sequence_id = \(id))
                AND NOT EXISTS (SELECT 1 FROM removal_pictures WHERE sequence_id = \(id))
            """)
    }

    /// The rows of pictures (a list of ids) that wait no more.
    static func forget(_ pictures: SQLStatement, _ connection: any SQLConnection) throws {
        for statement: SQLStatement in [
            "DELETE FROM removal_jobs WHERE picture_id IN \(pictures)",
            "DELETE FROM removal_files WHERE picture_id IN \(pictures)",
            "DELETE FROM removal_pictures WHERE picture_id IN \(pictures)",
        ] { try connection.execute(statement) }
    }

    /// Removals that nothing waits in.
    static func forgetEmpty(_ connection: any SQLConnection) throws {
        try connection.execute(
            """
            DELETE FROM removals
            WHERE NOT EXISTS (SELECT 1 FROM removal_pictures w WHERE w.removal_id = removals.id)
            """)
    }
}

import Domain
import Foundation

/// Puts pictures of a removal back, inside one transaction, as the rules of now would have them: who may see them, and
/// where nothing may be shown.
struct Restoration {
    let removal: RemovalID
    /// When it was deleted.
    let since: Date
    let viewer: Viewer
    let moment: Date
    let connection: any SQLConnection

    /// How many are back; what the viewer may not change any more goes on waiting.
    func run() throws -> Int {
        let sets = try connection.rows("SELECT DISTINCT p.upload_set_id \(source)") { $0.id(UploadSetID.self) }
        let sequences = try connection.rows(
            "SELECT DISTINCT w.sequence_id \(source) AND w.sequence_id IS NOT NULL"
        ) { $0.id(SequenceID.self) }
        let ids = try connection.rows("SELECT p.id \(source) ORDER BY p.id") { $0.id(PictureID.self) }
        for set in sets { try bringBack(set) }
        for part in ids.parts(of: 500) { try putBack(SQLStatement.list(part.map { .id($0) })) }
        for id in sequences { try settle(id) }
        for id in sets { try settle(id) }
        try RemovalTable.forgetEmpty(connection)
        return ids.count
    }

    private var source: SQLStatement {
        """
        FROM removal_pictures w JOIN pictures p ON p.id = w.picture_id
        WHERE w.removal_id = \(removal) AND \(Sight(viewer).edits("p"))
        """
    }

    private func bringBack(_ id: UploadSetID) throws {
        let count = try connection.execute(
            "UPDATE upload_sets SET erased_at = NULL WHERE id = \(id) AND erased_at IS NOT NULL")
        guard count == 1 else { return }
        // Those that were made before their pictures may have none.
        try connection.execute("UPDATE sequences SET is_away = 0 WHERE upload_set_id = \(id) AND is_kept = 1")
    }

    private func putBack(_ ids: SQLStatement) throws {
        try connection.execute(
            """
            UPDATE pictures SET erased_at = NULL, sequence_id = w.sequence_id, rank = w.rank, updated_at = \(moment),
                listed = CASE WHEN pictures.status = 'prepared' AND w.sequence_id IS NOT NULL THEN 1 ELSE 0 END
            FROM removal_pictures w WHERE w.picture_id = pictures.id AND pictures.id IN \(ids)
            """)
        try putBackFiles(ids)
        try connection.execute(
            """
            INSERT INTO jobs (step, subject, priority, due_at, created_at)
            SELECT step, subject, priority, \(moment), \(moment) FROM removal_jobs WHERE picture_id IN \(ids)
            ON CONFLICT (step, subject) DO NOTHING
            """)
        try RemovalTable.forget(ids, connection)
        try AreaCheck(of: nil, connection).recheck(pictures: ids)
        try AudienceRule.apply(where: "id IN \(ids)", connection)
    }

    /// Where the same file was sent again meanwhile, that one keeps the row.
    private func putBackFiles(_ ids: SQLStatement) throws {
        try connection.execute(
            """
            INSERT INTO upload_files (id, upload_set_id, path, size, sha256, md5, received_at, picture_id)
            SELECT id, upload_set_id, path, size, sha256, md5, received_at, picture_id FROM removal_files
            WHERE is_refused = 0 AND picture_id IN \(ids)
            ON CONFLICT (upload_set_id, path, sha256) DO NOTHING
            """)
        try connection.execute(
            """
            UPDATE upload_files SET picture_id = k.picture_id
            FROM removal_files k WHERE k.id = upload_files.id AND k.is_refused = 1 AND k.picture_id IN \(ids)
                AND upload_files.picture_id IS NULL
            """)
    }

    /// Its order may have changed meanwhile.
    private func settle(_ id: SequenceID) throws {
        try connection.execute("UPDATE sequences SET is_away = 0 WHERE id = \(id)")
        if try connection.exists("SELECT 1 FROM sequences WHERE id = \(id) AND updated_at > \(since)") {
            try SequenceStore.rank(id, at: moment, connection)
        } else {
            try SequenceFigures.refreshOrDelete(id, at: moment, connection)
        }
    }

    /// A batch that was cut without them is cut anew.
    private func settle(_ id: UploadSetID) throws {
        try connection.execute(
            "UPDATE upload_sets SET dispatched_at = NULL WHERE id = \(id) AND dispatched_at > \(since)")
        try UploadSetLife.completeIfCounted(id, at: moment, connection)
        try UploadSetLife.dispatchIfReady(id, at: moment, connection)
    }
}

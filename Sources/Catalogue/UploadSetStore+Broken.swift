import Domain

/// Pictures of a set that were given up on. Their received files stay until somebody tries again or deletes them.
extension UploadSetStore {
    /// Those of the pictures that are broken, and why.
    package func broken(among ids: [PictureID]) async throws -> [PictureID: BrokenPicture] {
        try await engine.read { connection in
            var broken: [PictureID: BrokenPicture] = [:]
            for part in ids.parts(of: 500) {
                try connection.each(
                    """
                    SELECT id, broken_reason, staged_name IS NOT NULL FROM pictures
                    WHERE id IN \(SQLStatement.list(part.map { .id($0) })) AND status = 'broken' AND erased_at IS NULL
                    """
                ) { row in
                    let id = row.id(PictureID.self)
                    broken[id] = BrokenPicture(reason: row.optionalText() ?? "", isStaged: row.bool())
                }
            }
            return broken
        }
    }

    /// The files of a set whose pictures are broken, in order of arrival, but for those that are hidden from the viewer.
    package func brokenFiles(_ id: UploadSetID, limit: Int, viewer: Viewer) async throws -> [UploadFile] {
        try await engine.read { connection in
            try connection.rows(
                """
                SELECT \(UploadSetRow.fileColumns) FROM upload_files f JOIN pictures p ON p.id = f.picture_id
                WHERE f.upload_set_id = \(id) AND f.rejection_reason IS NULL AND p.upload_set_id = \(id)
                    AND p.status = 'broken' AND p.erased_at IS NULL AND \(Self.isOpenFile(to: viewer))
                ORDER BY f.received_at, f.id LIMIT \(limit)
                """
            ) { try UploadSetRow.file(&$0) }
        }
    }
}

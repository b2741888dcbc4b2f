import Domain

extension UploadSetStore {
    /// How the pictures of these contents are doing, by SHA-256: those of a set, and others that the viewer may read. Of
    /// several with the same bytes the one that is furthest.
    ///
    /// - Parameter hashes: lower-case hexadecimal; at most 1000.
    package func states(
        of hashes: [String], in set: UploadSetID, viewer: Viewer
    ) async throws -> [String: (status: PreparationStatus, brokenReason: String?)] {
        let level = Sight(viewer).level(of: "p")
        let wanted = SQLStatement.list(hashes.map { .text($0) })
        let rows = try await engine.read { connection in
            try connection.rows(
                """
                SELECT f.sha256, p.status, p.broken_reason FROM (
                    SELECT id, original_sha256 AS sha256 FROM pictures WHERE original_sha256 IN \(wanted)
                    UNION SELECT picture_id, sha256 FROM raw_files WHERE sha256 IN \(wanted)
                ) f JOIN pictures p ON p.id = f.id
                WHERE p.erased_at IS NULL
                    AND (p.upload_set_id = \(set) OR (p.status <> 'broken' AND p.audience >= \(level) AND \(level) < 2))
                """
            ) { row in (row.text(), try row.word() as PreparationStatus, row.optionalText()) }
        }
        return rows.reduce(into: [:]) { states, row in
            let (hash, status, reason) = row
            guard states[hash]?.status != .prepared else { return }
            if states[hash] == nil || status != .broken { states[hash] = (status, reason) }
        }
    }
}

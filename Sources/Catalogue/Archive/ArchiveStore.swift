import Domain
import Foundation

/// What an archive of the whole catalogue needs to know of it.
package struct ArchiveStore: Sendable {
    let engine: any SQLEngine

    /// Pictures that are there or can be taken back, with their files, in the order of their ids; keyset `after`.
    package func pictures(after: PictureID?, limit: Int) async throws -> [ArchivedPicture] {
        try await engine.read { connection in
            try connection.rows(
                """
                SELECT p.id, p.revision, p.derivatives, p.staged_name, p.original_size, p.original_sha256,
                    o.kind, o.key_id, o.size, o.sha256, o.stored_at, o.expires_at,
                    w.kind, w.key_id, w.size, w.sha256, w.stored_at, w.expires_at, \(RawTable.columns)
                FROM pictures p LEFT JOIN originals o ON o.picture_id = p.id
                    LEFT JOIN raw_files r ON r.picture_id = p.id LEFT JOIN raw_originals w ON w.picture_id = p.id
                WHERE \(RemovalTable.keeps("p")) AND p.id > \(after?.string ?? "") ORDER BY p.id LIMIT \(limit)
                """
            ) { try Self.picture(&$0) }
        }
    }

    /// Makes a copy of the catalogue fit for another place: who is signed in, tokens and counters against misuse stay
    /// behind, since the key that tokens are signed with does, and so do files that have arrived in part and what opens
    /// other places, the keys of routes' destinations, and what was deleted and could
    /// still be taken back; work that somebody was at is to be done again.
    package func makePortable(at moment: Date = .now) async throws {
        try await engine.write { connection in
            try connection.execute("DELETE FROM access_tokens")
            try connection.execute("DELETE FROM token_requests")
            try connection.execute("DELETE FROM login_attempts")
            try connection.execute("DELETE FROM report_quota")
            try connection.execute("DELETE FROM token_quota")
            try connection.execute("DELETE FROM alert_notices")
            try connection.execute("UPDATE route_destinations SET secrets = '{}'")
            try connection.execute("DELETE FROM partial_uploads WHERE staged_name IS NOT NULL")
            try RemovalStore.finishAll(at: moment, connection)
            try connection.execute("UPDATE jobs SET worker = NULL, due_at = \(moment) WHERE worker IS NOT NULL")
        }
    }

    private static func picture(_ row: inout SQLRowReader) throws -> ArchivedPicture {
        let (id, revision) = (row.id(PictureID.self), row.int())
        let derivatives = try DerivativeList.decode(row.text())
        let (staged, size, sha256) = (row.optionalText(), row.int64(), row.text())
        let received = staged.map { ArchivedPicture.Staged(name: $0, size: size, sha256: sha256) }
        var picture = ArchivedPicture(
            id: id, revision: revision, derivatives: derivatives, original: try original(&row), staged: received,
            raw: try original(&row))
        guard let raw = RawTable.raw(&row) else { return picture }
        if let name = raw.stagedName {
            picture.stagedBeside.append(.init(name: name, size: raw.file.size, sha256: raw.file.sha256))
        }
        if let name = raw.jpegStagedName { picture.stagedBeside.append(.init(name: name, size: size, sha256: sha256)) }
        return picture
    }

    private static func original(_ row: inout SQLRowReader) throws -> StoredOriginal? {
        guard let kind = try row.optionalWord(StoredOriginal.Kind.self) else {
            for _ in 0..<5 { row.skip() }
            return nil
        }
        return StoredOriginal(
            kind: kind, keyID: row.optionalText(), size: row.int64(), sha256: row.text(), storedAt: row.date(),
            expiresAt: row.optionalDate())
    }
}

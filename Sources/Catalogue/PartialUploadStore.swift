import Domain
import Foundation

/// Files that are received in parts. Each is there for the account that began it alone, and only while its label is
/// granted to it.
package struct PartialUploadStore: Sendable {
    let engine: any SQLEngine

    /// Records a file whose parts will come; `set` is made with it when it is for this file alone.
    ///
    /// Throws `.tooMany` when the account has too much that is unfinished, `.notFound` when the set is gone.
    package func begin(
        _ upload: PartialUpload, making set: UploadSet? = nil, within rules: PartialUploadRules
    ) async throws {
        try await engine.write { connection in
            try Self.refuseTooMuch(upload, rules, connection)
            if let set { try UploadSetStore.insert(set, connection) }
            _ = try UploadSetStore.visibility(of: upload.uploadSetID, connection)
            try connection.execute(
                """
                INSERT INTO partial_uploads
                    (id, account_id, label_id, upload_set_id, made_set, name, length, received, sha256, picture_id,
                    staged_name, created_at, expires_at)
                VALUES (\(upload.id.text), \(upload.accountID), \(upload.labelID), \(upload.uploadSetID),
                    \(set != nil), \(upload.name), \(upload.length), \(upload.received), \(upload.sha256),
                    \(upload.chosenID), \(upload.stagedName), \(upload.createdAt), \(upload.expiresAt))
                """)
        }
    }

    /// Nil for everybody but its account, and once the label is no longer granted.
    package func find(_ id: PartialUploadID, viewer: Viewer) async throws -> PartialUpload? {
        guard let account = viewer.accountID else { return nil }
        return try await engine.read { connection in
            try connection.first(
                """
                SELECT \(PartialUploadRow.columns) FROM partial_uploads w
                WHERE w.id = \(id.text) AND w.account_id = \(account) AND \(Sight(viewer).grants("w.label_id"))
                """
            ) { PartialUploadRow.upload(&$0) }
        }
    }

    /// More bytes are on disk for certain; its time begins anew. Throws `.notFound` when it is gone.
    package func advance(_ id: PartialUploadID, to received: Int64, until moment: Date) async throws {
        try await engine.write { connection in
            let count = try connection.execute(
                """
                UPDATE partial_uploads SET received = \(received), expires_at = \(moment)
                WHERE id = \(id.text) AND staged_name IS NOT NULL AND received <= \(received)
                """)
            guard count == 1 else { throw Failure.notFound("upload") }
        }
    }

    /// Gives it up; its bytes are to be removed, and an upload set that was made for it alone is gone too.
    package func abandon(_ id: PartialUploadID) async throws {
        try await engine.write { connection in
            try UnwantedFiles.note(partials: "id = \(id.text)", erasure: nil, connection)
            try Self.forget("id = \(id.text)", connection)
        }
    }

    /// Those whose bytes are all here and of which nothing was made yet, since a crash came between.
    package func whole(limit: Int) async throws -> [PartialUpload] {
        try await engine.read { connection in
            try connection.rows(
                """
                SELECT \(PartialUploadRow.columns) FROM partial_uploads w
                WHERE w.received = w.length AND w.staged_name IS NOT NULL ORDER BY w.created_at, w.id LIMIT \(limit)
                """
            ) { PartialUploadRow.upload(&$0) }
        }
    }

    /// Takes the bytes of those whose time is over, and forgets those whose time was over long before; how many lost
    /// their bytes.
    package func expire(at moment: Date, forgetting before: Date) async throws -> Int {
        let over: SQLStatement = "staged_name IS NOT NULL AND expires_at <= \(moment)"
        // Asked every few seconds, and mostly for nothing: writers are not held up by it.
        let isAny = try await engine.read { connection in
            try connection.exists(
                "SELECT 1 FROM partial_uploads WHERE expires_at <= \(moment) AND (\(over) OR expires_at <= \(before))")
        }
        guard isAny else { return 0 }
        return try await engine.write { connection in
            let count = try UnwantedFiles.note(partials: over, erasure: nil, connection)
            try connection.execute("UPDATE partial_uploads SET staged_name = NULL WHERE \(over)")
            try Self.forget("expires_at <= \(before)", connection)
            return count
        }
    }

    /// What arrived stays for as long as the sender may ask again, without what it said of it.
    static func arrived(_ id: PartialUploadID, as arrival: PartialUpload.Arrival, _ connection: any SQLConnection)
        throws
    {
        let (picture, isDuplicate) =
            switch arrival {
            case .admitted(let picture): (picture, false)
            case .duplicate(let picture): (picture, true)
            }
        let count = try connection.execute(
            """
            UPDATE partial_uploads SET picture_id = \(picture), is_duplicate = \(isDuplicate), staged_name = NULL,
                received = length, name = '', sha256 = NULL
            WHERE id = \(id.text) AND staged_name IS NOT NULL
            """)
        // Somebody has given it up meanwhile, or it was finished by another request.
        guard count == 1 else { throw Failure.notFound("upload") }
    }

    /// Rows that `condition` holds for go, and upload sets that were made for one of them and have nothing.
    static func forget(_ condition: SQLStatement, _ connection: any SQLConnection) throws {
        let sets = try connection.rows(
            "SELECT upload_set_id FROM partial_uploads WHERE \(condition) AND made_set = 1"
        ) { $0.id(UploadSetID.self) }
        try connection.execute("DELETE FROM partial_uploads WHERE \(condition)")
        for set in sets {
            try connection.execute(
                """
                DELETE FROM upload_sets WHERE id = \(set) AND erased_at IS NULL AND files = 0
                    AND NOT EXISTS (SELECT 1 FROM partial_uploads WHERE upload_set_id = \(set))
                    AND NOT EXISTS (SELECT 1 FROM pictures WHERE upload_set_id = \(set))
                    AND NOT EXISTS (SELECT 1 FROM sequences WHERE upload_set_id = \(set))
                """)
        }
    }

    private static func refuseTooMuch(
        _ upload: PartialUpload, _ rules: PartialUploadRules, _ connection: any SQLConnection
    ) throws {
        let unfinished = try connection.first(
            """
            SELECT COUNT(*), COALESCE(SUM(length), 0), MIN(expires_at) FROM partial_uploads
            WHERE account_id = \(upload.accountID) AND staged_name IS NOT NULL AND expires_at > \(upload.createdAt)
            """
        ) { (count: $0.int(), bytes: $0.int64(), next: $0.optionalDate()) }
        guard let unfinished else { return }
        let isTooMany = unfinished.count >= rules.maximumCount
        guard isTooMany || unfinished.bytes + upload.length > rules.maximumBytes else { return }
        let wait = unfinished.next.map { max(1, Int($0.timeIntervalSince(upload.createdAt).rounded(.up))) } ?? 60
        throw Failure(
            .tooMany,
            "This account has \(unfinished.count) unfinished files, \(unfinished.bytes / 1_000_000) MB when they are whole. "
                + "Up to \(rules.maximumCount) files and \(rules.maximumBytes / 1_000_000) MB may be: finish or delete some.",
            details: [
                "reason": isTooMany ? "too_many_uploads" : "too_many_bytes", "retry_after": "\(wait)",
                "unfinished": "\(unfinished.count)", "unfinished_bytes": "\(unfinished.bytes)",
                "maximum": "\(rules.maximumCount)", "maximum_bytes": "\(rules.maximumBytes)",
            ])
    }
}

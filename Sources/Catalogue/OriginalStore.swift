import Domain
import Foundation

/// What becomes of originals, and which of them are in the store.
///
/// An original is its owner's and the administrators' alone: a grant on the label, or managing it, is not enough.
package struct OriginalStore: Sendable {
    let engine: any SQLEngine

    /// The original, for who may open it; nil for everybody else, and once it has expired.
    package func find(_ id: PictureID, viewer: Viewer, at moment: Date = .now) async throws -> OriginalFile? {
        try await engine.read { connection in
            try connection.first(
                """
                SELECT \(Self.columns) FROM originals o JOIN pictures p ON p.id = o.picture_id
                WHERE o.picture_id = \(id) AND \(Sight(viewer).owns("p"))
                    AND (o.expires_at IS NULL OR o.expires_at > \(moment))
                """
            ) { try Self.file(&$0) }
        }
    }

    /// What is stored of these pictures' originals, for the owner and administrators; the others are left out.
    package func kinds(of ids: [PictureID], viewer: Viewer, at moment: Date = .now) async throws
        -> [PictureID: StoredOriginal.Kind]
    {
        try await engine.read { connection in
            var kinds: [PictureID: StoredOriginal.Kind] = [:]
            for part in ids.parts(of: 500) {
                try connection.each(
                    """
                    SELECT o.picture_id, o.kind FROM originals o JOIN pictures p ON p.id = o.picture_id
                    WHERE o.picture_id IN \(SQLStatement.list(part.map { .id($0) })) AND \(Sight(viewer).owns("p"))
                        AND (o.expires_at IS NULL OR o.expires_at > \(moment))
                    """
                ) { row in
                    let id = row.id(PictureID.self)
                    kinds[id] = try row.word()
                }
            }
            return kinds
        }
    }

    /// How many originals of a label are in the store.
    package func count(of label: CameraLabelID, at moment: Date = .now) async throws -> Int {
        try await engine.read { connection in
            Int(
                try connection.number(
                    """
                    SELECT COUNT(*) FROM originals o JOIN pictures p ON p.id = o.picture_id
                    WHERE p.label_id = \(label) AND (o.expires_at IS NULL OR o.expires_at > \(moment))
                    """))
        }
    }

    /// Lets all originals of a label expire now; how many there were. Their bytes go within seconds, by the janitor.
    package func expire(label: CameraLabelID, at moment: Date) async throws -> Int {
        try await engine.write { connection in
            try connection.execute(
                """
                UPDATE originals SET expires_at = \(moment)
                WHERE (expires_at IS NULL OR expires_at > \(moment))
                    AND picture_id IN (SELECT id FROM pictures WHERE label_id = \(label) AND erased_at IS NULL)
                """)
        }
    }

    /// Originals whose time is over, at most `limit`.
    package func expired(at moment: Date, limit: Int) async throws -> [OriginalFile] {
        try await engine.read { connection in
            try connection.rows(
                """
                SELECT \(Self.columns) FROM originals o JOIN pictures p ON p.id = o.picture_id
                WHERE o.expires_at <= \(moment) ORDER BY o.expires_at, o.picture_id LIMIT \(limit)
                """
            ) { try Self.file(&$0) }
        }
    }

    /// Forgets originals whose bytes are gone from the store; each is written to the audit log.
    package func forget(_ originals: [OriginalFile], at moment: Date) async throws {
        try await engine.write { connection in
            for original in originals {
                let count = try connection.execute("DELETE FROM originals WHERE picture_id = \(original.pictureID)")
                guard count == 1 else { continue }
                try AuditStore.insert(
                    "original.discarded", by: .system, subject: original.pictureID.string,
                    details: ["kind": original.stored.kind.rawValue, "label": original.labelID.string], at: moment,
                    connection)
            }
        }
    }

    /// Which stored originals of these pictures are needed (for the janitor of the store): a kind for those that the
    /// catalogue has, all kinds for pictures still being worked on. Pictures that are gone are left out.
    package func needed(by ids: [PictureID]) async throws -> [PictureID: Set<StoredOriginal.Kind>] {
        try await engine.read { connection in
            var needed: [PictureID: Set<StoredOriginal.Kind>] = [:]
            for part in ids.parts(of: 500) {
                try connection.each(
                    """
                    SELECT p.id, p.staged_name IS NOT NULL, o.kind
                    FROM pictures p LEFT JOIN originals o ON o.picture_id = p.id
                    WHERE p.id IN \(SQLStatement.list(part.map { .id($0) })) AND p.erased_at IS NULL
                    """
                ) { row in
                    let (id, isInWork) = (row.id(PictureID.self), row.bool())
                    let kind: StoredOriginal.Kind? = try row.optionalWord()
                    needed[id] = isInWork ? Set(StoredOriginal.Kind.allCases) : Set([kind].compactMap(\.self))
                }
            }
            return needed
        }
    }

    /// Whether the received bytes of a prepared picture are still here.
    static func isKept(_ id: PictureID, at moment: Date, _ connection: any SQLConnection) throws -> Bool {
        try connection.exists(
            """
            SELECT 1 FROM originals
            WHERE picture_id = \(id) AND kind = 'kept' AND (expires_at IS NULL OR expires_at > \(moment))
            """)
    }

    /// What is stored of a picture's original, unless it has expired.
    static func stored(_ id: PictureID, at moment: Date, _ connection: any SQLConnection) throws -> StoredOriginal? {
        try connection.first(
            """
            SELECT kind, key_id, size, sha256, stored_at, expires_at FROM originals
            WHERE picture_id = \(id) AND (expires_at IS NULL OR expires_at > \(moment))
            """
        ) { row in
            StoredOriginal(
                kind: try row.word(), keyID: row.optionalText(), size: row.int64(), sha256: row.text(),
                storedAt: row.date(), expiresAt: row.optionalDate())
        }
    }

    /// Part of the transaction that makes a picture prepared.
    static func insert(_ original: StoredOriginal, of id: PictureID, _ connection: any SQLConnection) throws {
        try connection.execute("DELETE FROM originals WHERE picture_id = \(id)")
        try connection.execute(
            """
            INSERT INTO originals (picture_id, kind, key_id, size, sha256, stored_at, expires_at)
            VALUES (\(id), \(original.kind.rawValue), \(original.keyID), \(original.size), \(original.sha256),
                \(original.storedAt), \(original.expiresAt))
            """)
    }

    private static let columns: SQLStatement = """
        o.picture_id, p.label_id, p.original_name, p.original_sha256, o.kind, o.key_id, o.size, o.sha256, o.stored_at, \
        o.expires_at
        """

    private static func file(_ row: inout SQLRowReader) throws -> OriginalFile {
        let (id, label, name, sha256) = (row.id(PictureID.self), row.id(CameraLabelID.self), row.text(), row.text())
        let stored = StoredOriginal(
            kind: try row.word(), keyID: row.optionalText(), size: row.int64(), sha256: row.text(),
            storedAt: row.date(), expiresAt: row.optionalDate())
        return OriginalFile(
            pictureID: id, labelID: label, stored: stored, originalName: name, originalSHA256: sha256)
    }
}

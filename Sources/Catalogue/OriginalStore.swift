import Domain
import Foundation

/// What becomes of originals, and which of them are in the store.
///
/// An original is its owner's and the administrators' alone: a grant on the label, or managing it, is not enough.
package struct OriginalStore: Sendable {
    let engine: any SQLEngine

    /// The original or the raw file, for who may open it; nil for everybody else, and once it has expired.
    package func find(
        _ id: PictureID, _ part: OriginalPart = .original, viewer: Viewer, at moment: Date = .now
    ) async throws -> OriginalFile? {
        try await engine.read { connection in
            try connection.first(
                """
                SELECT \(Self.columns(of: part)) FROM \(Self.tables(of: part))
                WHERE o.picture_id = \(id) AND \(Sight(viewer).owns("p"))
                    AND (o.expires_at IS NULL OR o.expires_at > \(moment))
                """
            ) { try Self.file(part, &$0) }
        }
    }

    /// What is stored of these pictures' originals or raw files, for the owner and administrators; the others are left
    /// out.
    package func kinds(
        of ids: [PictureID], _ asked: OriginalPart = .original, viewer: Viewer, at moment: Date = .now
    ) async throws -> [PictureID: StoredOriginal.Kind] {
        try await engine.read { connection in
            var kinds: [PictureID: StoredOriginal.Kind] = [:]
            for part in ids.parts(of: 500) {
                try connection.each(
                    """
                    SELECT o.picture_id, o.kind FROM \(Self.tables(of: asked))
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

    /// What is stored of these pictures' raw files, where the viewer may fetch it.
    static func raws(
        of ids: [PictureID], _ sight: Sight, _ connection: any SQLConnection
    ) throws -> [PictureID: OriginalFile] {
        guard sight.viewer.seesEverything || sight.viewer.accountID != nil else { return [:] }
        var raws: [PictureID: OriginalFile] = [:]
        for part in ids.parts(of: 500) {
            try connection.each(
                """
                SELECT \(columns(of: .raw)) FROM \(tables(of: .raw))
                WHERE o.picture_id IN \(SQLStatement.list(part.map { .id($0) })) AND \(sight.owns("p"))
                    AND (o.expires_at IS NULL OR o.expires_at > \(Date.now))
                """
            ) { row in
                let raw = try file(.raw, &row)
                raws[raw.pictureID] = raw
            }
        }
        return raws
    }

    /// How many originals and raw files of a label are in the store.
    package func count(of label: CameraLabelID, at moment: Date = .now) async throws -> Int {
        try await engine.read { connection in
            try OriginalPart.allCases.reduce(0) { count, part in
                count
                    + Int(
                        try connection.number(
                            """
                            SELECT COUNT(*) FROM \(Self.tables(of: part))
                            WHERE p.label_id = \(label) AND (o.expires_at IS NULL OR o.expires_at > \(moment))
                            """))
            }
        }
    }

    /// Lets all originals and raw files of a label expire now; how many there were. Their bytes go within seconds, by the
    /// janitor.
    package func expire(label: CameraLabelID, at moment: Date) async throws -> Int {
        try await engine.write { connection in
            try OriginalPart.allCases.reduce(0) { count, part in
                count
                    + (try connection.execute(
                        """
                        UPDATE \(Self.table(of: part)) SET expires_at = \(moment)
                        WHERE (expires_at IS NULL OR expires_at > \(moment))
                            AND picture_id IN
                                (SELECT p.id FROM pictures p WHERE p.label_id = \(label) AND \(RemovalTable.keeps("p")))
                        """))
            }
        }
    }

    /// Originals and raw files whose time is over, at most `limit` of each.
    package func expired(at moment: Date, limit: Int) async throws -> [OriginalFile] {
        try await engine.read { connection in
            try OriginalPart.allCases.flatMap { part in
                try connection.rows(
                    """
                    SELECT \(Self.columns(of: part)) FROM \(Self.tables(of: part))
                    WHERE o.expires_at <= \(moment) ORDER BY o.expires_at, o.picture_id LIMIT \(limit)
                    """
                ) { try Self.file(part, &$0) }
            }
        }
    }

    /// Forgets originals whose bytes are gone from the store; each is written to the audit log.
    package func forget(_ originals: [OriginalFile], at moment: Date) async throws {
        try await engine.write { connection in
            for original in originals {
                let count = try connection.execute(
                    "DELETE FROM \(Self.table(of: original.part)) WHERE picture_id = \(original.pictureID)")
                guard count == 1 else { continue }
                try AuditStore.insert(
                    "\(original.part.rawValue).discarded", by: .system, subject: original.pictureID.string,
                    details: ["kind": original.stored.kind.rawValue, "label": original.labelID.string], at: moment,
                    connection)
            }
        }
    }

    /// Which stored originals or raw files of these pictures are needed (for the janitor of the store): a kind for those
    /// that the catalogue has, all kinds for pictures still being worked on. Pictures that are gone are left out.
    package func needed(
        by ids: [PictureID], _ asked: OriginalPart = .original
    ) async throws -> [PictureID: Set<StoredOriginal.Kind>] {
        try await engine.read { connection in
            var needed: [PictureID: Set<StoredOriginal.Kind>] = [:]
            for part in ids.parts(of: 500) {
                try connection.each(
                    """
                    SELECT p.id, p.staged_name IS NOT NULL OR r.staged_name IS NOT NULL
                        OR r.jpeg_staged_name IS NOT NULL, o.kind
                    FROM pictures p LEFT JOIN raw_files r ON r.picture_id = p.id
                        LEFT JOIN \(Self.table(of: asked)) o ON o.picture_id = p.id
                    WHERE p.id IN \(SQLStatement.list(part.map { .id($0) })) AND \(RemovalTable.keeps("p"))
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
            UNION ALL
            SELECT 1 FROM raw_originals w JOIN raw_files r ON r.picture_id = w.picture_id
                JOIN pictures p ON p.id = r.picture_id
            WHERE r.picture_id = \(id) AND r.sha256 = p.original_sha256 AND w.kind = 'kept'
                AND (w.expires_at IS NULL OR w.expires_at > \(moment))
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
    static func insert(
        _ original: StoredOriginal, as part: OriginalPart = .original, of id: PictureID,
        _ connection: any SQLConnection
    ) throws {
        try connection.execute("DELETE FROM \(table(of: part)) WHERE picture_id = \(id)")
        try connection.execute(
            """
            INSERT INTO \(table(of: part)) (picture_id, kind, key_id, size, sha256, stored_at, expires_at)
            VALUES (\(id), \(original.kind.rawValue), \(original.keyID), \(original.size), \(original.sha256),
                \(original.storedAt), \(original.expiresAt))
            """)
    }

    static func table(of part: OriginalPart) -> SQLStatement {
        switch part {
        case .original: "originals"
        case .raw: "raw_originals"
        }
    }

    /// With their pictures, and raw files where those are asked for.
    private static func tables(of part: OriginalPart) -> SQLStatement {
        let pictures: SQLStatement = "\(table(of: part)) o JOIN pictures p ON p.id = o.picture_id"
        return part == .raw ? "\(pictures) JOIN raw_files r ON r.picture_id = o.picture_id" : pictures
    }

    private static func columns(of part: OriginalPart) -> SQLStatement {
        let received: SQLStatement = part == .raw ? "r.name, r.sha256" : "p.original_name, p.original_sha256"
        return """
            o.picture_id, p.label_id, \(received), o.kind, o.key_id, o.size, o.sha256, o.stored_at, o.expires_at
            """
    }

    private static func file(_ part: OriginalPart, _ row: inout SQLRowReader) throws -> OriginalFile {
        let (id, label, name, sha256) = (row.id(PictureID.self), row.id(CameraLabelID.self), row.text(), row.text())
        let stored = StoredOriginal(
            kind: try row.word(), keyID: row.optionalText(), size: row.int64(), sha256: row.text(),
            storedAt: row.date(), expiresAt: row.optionalDate())
        return OriginalFile(
            pictureID: id, labelID: label, part: part, stored: stored, originalName: name, originalSHA256: sha256)
    }
}

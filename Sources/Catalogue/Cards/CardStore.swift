import Domain
import Foundation

/// Camera cards: what lies on them, and what became of each file. Callers have found the upload set for their viewer.
package struct CardStore: Sendable {
    let engine: any SQLEngine

    /// Notes files of the card; a path that is there already is replaced, but a digest stays where none is given for
    /// the same size.
    ///
    /// - Parameter isWhole: these are the last, so that all of the card is known.
    /// - Throws: `.notFound` when the set is gone.
    package func list(_ entries: [CardEntry], isWhole: Bool, of id: UploadSetID, at moment: Date) async throws {
        try await engine.write { connection in
            _ = try UploadSetStore.visibility(of: id, connection)
            for entry in entries {
                try connection.execute(
                    """
                    INSERT INTO card_entries (upload_set_id, path, size, kind, sha256)
                    VALUES (\(id), \(entry.path), \(entry.size), \(entry.kind.rawValue), \(entry.sha256))
                    ON CONFLICT (upload_set_id, path) DO UPDATE SET
                        sha256 = CASE WHEN excluded.sha256 IS NULL AND card_entries.size = excluded.size
                            THEN card_entries.sha256 ELSE excluded.sha256 END,
                        size = excluded.size, kind = excluded.kind
                    """)
            }
            guard isWhole else { return }
            try connection.execute(
                """
                INSERT INTO cards (upload_set_id, listed_at) VALUES (\(id), \(moment))
                ON CONFLICT (upload_set_id) DO UPDATE SET listed_at = excluded.listed_at
                """)
        }
    }

    /// Keeps that a person agreed to lose what `losses` is the digest of. Throws `.notFound` when the set is gone.
    package func agree(toLose losses: String, of id: UploadSetID, at moment: Date) async throws {
        try await engine.write { connection in
            _ = try UploadSetStore.visibility(of: id, connection)
            try connection.execute(
                """
                INSERT INTO cards (upload_set_id, agreed_losses, agreed_at) VALUES (\(id), \(losses), \(moment))
                ON CONFLICT (upload_set_id) DO UPDATE SET
                    agreed_losses = excluded.agreed_losses, agreed_at = excluded.agreed_at
                """)
        }
    }

    package func state(_ id: UploadSetID) async throws -> CardState {
        try await engine.read { connection in
            try connection.first(
                "SELECT listed_at, agreed_losses, agreed_at FROM cards WHERE upload_set_id = \(id)"
            ) {
                CardState(
                    listedAt: $0.optionalDate(), agreedLosses: $0.optionalText(), agreedAt: $0.optionalDate())
            } ?? CardState()
        }
    }

    /// What became of every file: of those that were received, and of those that were only listed. In no order.
    ///
    /// - Parameter viewer: whose pictures count for a file that was not sent since its bytes are here already.
    package func lines(_ id: UploadSetID, viewer: Viewer) async throws -> [CardLine] {
        try await engine.read { connection in
            let unsent = try Self.unsent(id, connection)
            let known = try Self.known(Set(unsent.compactMap(\.sha256)), viewer, connection)
            return try Self.received(id, connection)
                + unsent.map { entry in
                    let fate = entry.sha256.flatMap { known[$0] } ?? Self.fate(of: entry.kind)
                    return CardLine(
                        path: entry.path, size: entry.size, sha256: entry.sha256, fate: fate,
                        kind: fate.isLoss ? entry.kind : nil)
                }
        }
    }

    private static func received(_ id: UploadSetID, _ connection: any SQLConnection) throws -> [CardLine] {
        try connection.rows(
            """
            SELECT \(UploadSetRow.fileColumns), p.status, p.staged_name IS NOT NULL
            FROM upload_files f LEFT JOIN pictures p ON p.id = f.picture_id AND p.erased_at IS NULL
            WHERE f.upload_set_id = \(id)
            """
        ) { row in
            let file = try UploadSetRow.file(&row)
            let status = try row.optionalWord(PreparationStatus.self)
            let fate = Self.fate(of: file, status, isStaged: row.bool())
            return CardLine(
                path: file.path, size: file.size, sha256: file.sha256.isEmpty ? nil : file.sha256, fate: fate,
                rejection: fate == .refused ? file.rejection : nil)
        }
    }

    private static func fate(of file: UploadFile, _ status: PreparationStatus?, isStaged: Bool) -> CardFate {
        if let rejection = file.rejection, rejection.reason != .fileDuplicate { return .refused }
        // It waits to be told where it was taken.
        if file.heldUntil != nil, status != nil { return .held }
        switch status {
        case nil: return .gone
        case .waiting, .preparing: return .working
        case .broken: return isStaged ? .held : .gone
        case .prepared: return file.rejection == nil ? .prepared : .known
        }
    }

    private static func fate(of kind: CardEntry.Kind) -> CardFate {
        switch kind {
        case .picture: .missing
        case .unreadable: .unreadable
        case .video, .preview, .hidden, .other: .notSent
        }
    }

    /// What was listed and did not come as it is now on the card.
    private static func unsent(_ id: UploadSetID, _ connection: any SQLConnection) throws -> [CardEntry] {
        try connection.rows(
            """
            SELECT c.path, c.size, c.kind, c.sha256 FROM card_entries c
            WHERE c.upload_set_id = \(id) AND NOT EXISTS (
                SELECT 1 FROM upload_files f
                WHERE f.upload_set_id = c.upload_set_id AND f.path = c.path AND f.size = c.size
                    AND (c.sha256 IS NULL OR f.sha256 IN ('', c.sha256)))
            """
        ) { CardEntry(path: $0.text(), size: $0.int64(), kind: try $0.word(), sha256: $0.optionalText()) }
    }

    /// Those of the contents that are pictures which the viewer may read, and how far they are.
    private static func known(
        _ digests: Set<String>, _ viewer: Viewer, _ connection: any SQLConnection
    ) throws -> [String: CardFate] {
        var known: [String: CardFate] = [:]
        let level = Sight(viewer).level(of: "p")
        let isHeld: SQLStatement = "EXISTS (SELECT 1 FROM held_pictures h WHERE h.picture_id = p.id)"
        for part in Array(digests).parts(of: 200) {
            let list = SQLStatement.list(part.map { .text($0) })
            try connection.each(
                """
                SELECT p.original_sha256, p.status, \(isHeld) FROM pictures p
                WHERE p.original_sha256 IN \(list) AND p.status <> 'broken' AND p.erased_at IS NULL
                    AND p.audience >= \(level) AND \(level) < 2
                UNION ALL
                SELECT r.sha256, p.status, \(isHeld) FROM raw_files r JOIN pictures p ON p.id = r.picture_id
                WHERE r.sha256 IN \(list) AND p.status <> 'broken' AND p.erased_at IS NULL
                    AND p.audience >= \(level) AND \(level) < 2
                """
            ) { row in
                let digest = row.text()
                let isPrepared = try row.word(PreparationStatus.self) == .prepared
                let fate: CardFate = row.bool() ? .held : isPrepared ? .known : .working
                if isPrepared || known[digest] == nil { known[digest] = fate }
            }
        }
        return known
    }
}

import Domain
import Foundation

/// Pictures that pages of other sites may show.
package struct EmbedStore: Sendable {
    let engine: any SQLEngine

    /// Audited. Throws `.notFound` when the account does not see the picture, `.conflict` when it is for nobody but its owner.
    package func insert(_ embed: Embed, by viewer: Viewer) async throws {
        let sight = Sight(viewer)
        try await engine.write { connection in
            guard
                try connection.exists(
                    "SELECT 1 FROM pictures p WHERE p.id = \(embed.pictureID) AND \(sight.sees(named: "p"))")
            else { throw Failure.notFound("picture") }
            guard
                try connection.exists(
                    "SELECT 1 FROM pictures p WHERE p.id = \(embed.pictureID) AND \(sight.shows("p"))")
            else {
                throw Failure(
                    .conflict, "Only a picture that is prepared and that others may see can be shown elsewhere.",
                    details: ["reason": "not_shown"])
            }
            try connection.execute(
                """
                INSERT INTO embeds (id, picture_id, account_id, origins, created_at, expires_at)
                VALUES (\(embed.id), \(embed.pictureID), \(embed.accountID), \(try JSONText.encode(embed.origins)),
                    \(embed.createdAt), \(embed.expiresAt))
                """)
            try AuditStore.insert(
                "picture.embedded", by: viewer, subject: embed.pictureID.string,
                details: [
                    "embed": embed.id.string, "origins": embed.origins.joined(separator: " "),
                    "until": RFC3339.string(embed.expiresAt),
                ], at: embed.createdAt, connection)
        }
    }

    /// Those that somebody has made, the newest first; to administrators all.
    package func list(picture: PictureID? = nil, limit: Int, viewer: Viewer) async throws -> [Embed] {
        let condition: SQLStatement = picture.map { "e.picture_id = \($0)" } ?? "1 = 1"
        return try await engine.read { connection in
            try connection.rows(
                """
                SELECT \(Self.columns) FROM embeds e WHERE \(Sight(viewer).asked(for: "e")) AND \(condition)
                ORDER BY e.created_at DESC, e.id LIMIT \(limit)
                """
            ) { try Self.embed(&$0) }
        }
    }

    /// Ends it at once, and writes that to the audit log. Throws `.notFound` for what the viewer has not made.
    package func revoke(_ id: EmbedID, by viewer: Viewer, at moment: Date) async throws {
        try await engine.write { connection in
            let picture: PictureID? = try connection.first(
                "SELECT e.picture_id FROM embeds e WHERE e.id = \(id) AND \(Sight(viewer).asked(for: "e"))"
            ) { $0.id() }
            guard let picture else { throw Failure.notFound("embed") }
            let count = try connection.execute(
                "UPDATE embeds SET revoked_at = \(moment) WHERE id = \(id) AND revoked_at IS NULL")
            guard count == 1 else { return }
            try AuditStore.insert(
                "picture.embed-revoked", by: viewer, subject: picture.string, details: ["embed": id.string], at: moment,
                connection)
        }
    }

    /// The picture of an embed that holds, as it may be shown now; nil when its time is over, it was revoked, its maker is
    /// disabled or does not see the picture any more, or the picture is for nobody but its owner.
    package func picture(_ id: EmbedID, at moment: Date) async throws -> Picture? {
        try await engine.read { connection in
            let found: (PictureID, Viewer)? = try connection.first(
                """
                SELECT e.picture_id, a.id, a.role FROM embeds e JOIN accounts a ON a.id = e.account_id
                WHERE e.id = \(id) AND e.revoked_at IS NULL AND e.expires_at > \(moment)
                    AND a.is_disabled = 0 AND a.erased_at IS NULL
                """
            ) { row in
                let picture: PictureID = row.id()
                return (picture, .account(row.id(), try row.word()))
            }
            guard let (picture, maker) = found else { return nil }
            return try connection.first(
                "SELECT \(PictureRow.columns) FROM pictures p WHERE p.id = \(picture) AND \(Sight(maker).shows("p"))"
            ) { try PictureRow.picture(&$0) }
        }
    }

    /// Forgets those whose time was over before `moment`.
    package func forget(before moment: Date) async throws {
        try await engine.write { try $0.execute("DELETE FROM embeds WHERE expires_at < \(moment)") }
    }

    private static let columns: SQLStatement =
        "e.id, e.picture_id, e.account_id, e.origins, e.created_at, e.expires_at, e.revoked_at"

    private static func embed(_ row: inout SQLRowReader) throws -> Embed {
        Embed(
            id: row.id(), pictureID: row.id(), accountID: row.id(), origins: try row.json(), createdAt: row.date(),
            expiresAt: row.date(), revokedAt: row.optionalDate())
    }
}

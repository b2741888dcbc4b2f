import Domain
import Foundation

/// The rows behind signed tokens.
package struct TokenStore: Sendable {
    let engine: any SQLEngine

    package func insert(_ token: AccessToken) async throws {
        try await engine.write { try Self.insert(token, $0) }
    }

    static func insert(_ token: AccessToken, _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO access_tokens (id, account_id, purpose, description, created_at, expires_at, revoked_at)
            VALUES (\(token.id), \(token.accountID), \(token.purpose.rawValue), \(token.description),
                \(token.createdAt), \(token.expiresAt), \(token.revokedAt))
            """)
    }

    /// The token with its account, whatever their state: the caller checks validity and `isDisabled`.
    package func find(_ id: AccessTokenID) async throws -> (token: AccessToken, account: Account)? {
        try await engine.read { connection in
            try connection.first(
                """
                SELECT \(Self.columns), a.id, a.name, a.role, a.must_change_password, a.is_disabled, a.created_at
                FROM access_tokens t JOIN accounts a ON a.id = t.account_id WHERE t.id = \(id)
                """
            ) { row in
                (try Self.token(&row), try AccountStore.account(&row))
            }
        }
    }

    /// Newest first, revoked and expired ones too.
    package func list(of account: AccountID, purpose: AccessToken.Purpose) async throws -> [AccessToken] {
        try await engine.read { connection in
            try connection.rows(
                """
                SELECT \(Self.columns) FROM access_tokens t
                WHERE t.account_id = \(account) AND t.purpose = \(purpose.rawValue)
                ORDER BY t.created_at DESC, t.id
                """
            ) { try Self.token(&$0) }
        }
    }

    /// Revokes one token of that account; false when there is no such.
    package func revoke(_ id: AccessTokenID, of account: AccountID) async throws -> Bool {
        try await engine.write { connection in
            try connection.execute(
                """
                UPDATE access_tokens SET revoked_at = COALESCE(revoked_at, \(Date.now))
                WHERE id = \(id) AND account_id = \(account)
                """) == 1
        }
    }

    package func revokeAll(of account: AccountID, purpose: AccessToken.Purpose?, except: AccessTokenID?) async throws {
        try await engine.write { connection in
            var statement: SQLStatement = """
                UPDATE access_tokens SET revoked_at = \(Date.now)
                WHERE account_id = \(account) AND revoked_at IS NULL
                """
            if let purpose { statement += " AND purpose = \(purpose.rawValue)" }
            if let except { statement += " AND id <> \(except)" }
            try connection.execute(statement)
        }
    }

    /// Forgets tokens that ended before `moment`.
    package func prune(before moment: Date) async throws {
        try await engine.write { try $0.execute("DELETE FROM access_tokens WHERE expires_at < \(moment)") }
    }

    private static let columns: SQLStatement =
        "t.id, t.account_id, t.purpose, t.description, t.created_at, t.expires_at, t.revoked_at"

    private static func token(_ row: inout SQLRowReader) throws -> AccessToken {
        AccessToken(
            id: row.id(), accountID: row.id(), purpose: try row.word(), description: row.text(),
            createdAt: row.date(), expiresAt: row.date(), revokedAt: row.optionalDate())
    }
}

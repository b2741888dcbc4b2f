import Domain
import Foundation

/// Tokens that were asked for and not claimed yet. What has expired answers like what never was.
package struct TokenRequestStore: Sendable {
    let engine: any SQLEngine

    /// Keeps a request, and forgets those that were not claimed in time.
    ///
    /// - Throws: `.tooMany` beyond the quota, and while too many wait from all sides.
    package func insert(_ request: TokenRequest, quota: HourlyQuota) async throws {
        let moment = request.createdAt
        try await engine.write { connection in
            try Self.count(quota, at: moment, connection)
            try connection.execute("DELETE FROM token_requests WHERE expires_at <= \(moment)")
            let waiting = try connection.number("SELECT COUNT(*) FROM token_requests")
            guard waiting < TokenRequest.mostWaiting else {
                throw Failure(
                    .tooMany, "Too many tokens wait to be claimed. Try again in a quarter of an hour.",
                    details: ["reason": "token_quota", "retry_after": "\(Int(TokenRequest.lifetime))"])
            }
            try connection.execute(
                """
                INSERT INTO token_requests
                    (id, token_id, description, device, address, created_at, expires_at, token_expires_at)
                VALUES (\(request.code), \(request.tokenID), \(request.description), \(request.device),
                    \(request.address), \(moment), \(request.expiresAt), \(request.tokenExpiresAt))
                """)
        }
    }

    package func find(_ code: String, at moment: Date) async throws -> TokenRequest? {
        try await engine.read { try Self.find(code, at: moment, $0) }
    }

    /// Makes the token the account's, in one transaction with forgetting the request: of two who try, one succeeds.
    ///
    /// - Throws: `.notFound` when it was claimed, has expired or never was; `.tooMany` beyond the quota.
    package func claim(
        _ code: String, for account: AccountID, by viewer: Viewer, quota: HourlyQuota, at moment: Date
    ) async throws -> AccessToken {
        try await engine.write { connection in
            try Self.count(quota, at: moment, connection)
            guard let request = try Self.find(code, at: moment, connection) else { throw Failure.notFound("token") }
            try connection.execute("DELETE FROM token_requests WHERE id = \(code)")
            let token = request.token(for: account, at: moment)
            try TokenStore.insert(token, connection)
            try AuditStore.insert(
                "token.claimed", by: viewer, subject: account.string, details: ["token": token.id.string], at: moment,
                connection)
            return token
        }
    }

    /// Withdraws it, as somebody who did not ask for it does.
    package func refuse(_ code: String) async throws {
        try await engine.write { try $0.execute("DELETE FROM token_requests WHERE id = \(code)") }
    }

    /// Counts one more token of an asker. Throws `.tooMany` beyond the quota.
    package func count(_ quota: HourlyQuota, at moment: Date) async throws {
        try await engine.write { try Self.count(quota, at: moment, $0) }
    }

    /// Forgets what was not claimed in time, and who asked when, once it does not count any more.
    package func forget(at moment: Date) async throws {
        try await engine.write { connection in
            try connection.execute("DELETE FROM token_requests WHERE expires_at <= \(moment)")
            let start = moment.addingTimeInterval(-HourlyQuota.span)
            try connection.execute("DELETE FROM token_quota WHERE at <= \(start)")
        }
    }

    private static func count(_ quota: HourlyQuota, at moment: Date, _ connection: any SQLConnection) throws {
        let start = moment.addingTimeInterval(-HourlyQuota.span)
        let made: (count: Int, oldest: Date?)? = try connection.first(
            "SELECT COUNT(*), MIN(at) FROM token_quota WHERE asker = \(quota.asker) AND at > \(start)"
        ) { ($0.int(), $0.optionalDate()) }
        try quota.check(count: made?.count ?? 0, oldest: made?.oldest, now: moment)
        try connection.execute("INSERT INTO token_quota (asker, at) VALUES (\(quota.asker), \(moment))")
    }

    private static func find(_ code: String, at moment: Date, _ connection: any SQLConnection) throws -> TokenRequest? {
        try connection.first(
            """
            SELECT id, token_id, description, device, address, created_at, token_expires_at FROM token_requests
            WHERE id = \(code) AND expires_at > \(moment)
            """
        ) { row in
            TokenRequest(
                code: row.text(), tokenID: row.id(), description: row.text(), device: row.text(), address: row.text(),
                createdAt: row.date(), tokenExpiresAt: row.date())
        }
    }
}

import Domain
import Foundation

/// What becomes of a deleted account's pictures.
package enum AccountLegacy: Hashable, Sendable {
    /// They go, with everything derived from them.
    case erased
    /// They, and the account's own areas, belong to another account from now on.
    case handedTo(AccountID)
}

extension AccountStore {
    /// Takes an account away: it is signed out everywhere at once, its name is free, and its row goes with the last of
    /// its pictures. The id of the receipt.
    ///
    /// Throws `.notFound`, `.conflict` for the last administrator who can sign in, `.unprocessable` for an heir that
    /// cannot own pictures.
    @discardableResult
    package func delete(_ id: AccountID, leaving legacy: AccountLegacy, by viewer: Viewer) async throws -> ErasureID {
        let moment = Date.now
        return try await engine.write { connection in
            guard let account = try connection.first("\(Self.select) WHERE a.id = \(id)", { try Self.account(&$0) })
            else { throw Failure.notFound("account") }
            try Self.refuseLastAdministrator(account, connection)
            let request = ErasureRequest(.account, id, by: viewer, at: moment)
            try request.begin(connection)
            try Self.disown(account, at: moment, connection)
            // Nobody can send the rest of them any more.
            try UnwantedFiles.erase(partials: "account_id = \(id)", as: request, connection)
            // Nobody could take it back, and nobody else is to get what it had deleted.
            try Self.eraseWaiting(of: id, as: request, connection)
            switch legacy {
            case .erased: try Self.erasePictures(of: id, as: request, connection)
            case .handedTo(let heir): try Self.hand(id, to: heir, request, connection)
            }
            try Self.forgetIfEmpty(id, connection)
            try request.finishIfEmpty(connection)
            return request.id
        }
    }

    /// How many pictures the account has, whatever their state.
    package func pictureCount(of id: AccountID) async throws -> Int {
        try await engine.read { connection in
            Int(
                try connection.number(
                    "SELECT COUNT(*) FROM pictures WHERE account_id = \(id) AND erased_at IS NULL"))
        }
    }

    /// The row of a deleted account goes with the last of its upload sets.
    static func forgetIfEmpty(_ id: AccountID, _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            DELETE FROM accounts WHERE id = \(id) AND erased_at IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM upload_sets WHERE account_id = \(id))
            """)
    }

    private static func refuseLastAdministrator(_ account: Account, _ connection: any SQLConnection) throws {
        guard account.role.isAdmin else { return }
        let hasOther = try connection.exists(
            """
            SELECT 1 FROM accounts
            WHERE role = 'admin' AND is_disabled = 0 AND erased_at IS NULL AND id <> \(account.id)
            """)
        guard !hasOther else { return }
        throw Failure(
            .conflict, "The last administrator cannot be deleted: nobody could administer the instance any more.",
            details: ["reason": "last_administrator"])
    }

    /// Nobody can be it any more, and its name is gone.
    private static func disown(_ account: Account, at moment: Date, _ connection: any SQLConnection) throws {
        let id = account.id
        for statement: SQLStatement in [
            "DELETE FROM access_tokens WHERE account_id = \(id)", "DELETE FROM grants WHERE account_id = \(id)",
            // What it reported stays reported, by nobody.
            """
            UPDATE reports SET reporter_id = NULL, reporter_email = NULL, reporter_comments = NULL
            WHERE reporter_id = \(id)
            """,
            "DELETE FROM login_attempts WHERE attempt_key = \(attemptKey(of: account.name))",
        ] { try connection.execute(statement) }
        try connection.execute(
            """
            UPDATE accounts SET name = \(id.string), name_key = \(id.string), role = 'viewer', password_hash = NULL,
                is_disabled = 1, erased_at = \(moment)
            WHERE id = \(id)
            """)
    }

    /// What of its pictures could still be taken back.
    private static func eraseWaiting(
        of id: AccountID, as request: ErasureRequest, _ connection: any SQLConnection
    ) throws {
        let sets = try connection.rows(
            """
            SELECT DISTINCT p.upload_set_id FROM removal_pictures w JOIN pictures p ON p.id = w.picture_id
                JOIN upload_sets u ON u.id = p.upload_set_id
            WHERE p.account_id = \(id) AND u.erased_at IS NOT NULL
            """
        ) { $0.id(UploadSetID.self) }
        for set in sets { try UploadSetStore.delete(set, as: request, connection) }
        try RemovalTable.erase(where: "p.account_id = \(id)", as: request, connection)
    }

    private static func erasePictures(
        of id: AccountID, as request: ErasureRequest, _ connection: any SQLConnection
    ) throws {
        let sets = try connection.rows(
            "SELECT id FROM upload_sets WHERE account_id = \(id) AND erased_at IS NULL"
        ) { $0.id(UploadSetID.self) }
        for set in sets { try UploadSetStore.delete(set, as: request, connection) }
        try connection.execute("DELETE FROM excluded_areas WHERE account_id = \(id)")
    }

    private static func hand(
        _ id: AccountID, to heir: AccountID, _ request: ErasureRequest, _ connection: any SQLConnection
    ) throws {
        let found = try connection.first("\(select) WHERE a.id = \(heir)") { try account(&$0) }
        guard let found, heir != id, !found.isDisabled, found.role.mayUpload else {
            throw Failure(
                .unprocessable, "Pictures can be handed only to an account that is active and may upload.",
                details: ["reason": "heir"])
        }
        let count = try connection.number(
            "SELECT COUNT(*) FROM pictures WHERE account_id = \(id) AND erased_at IS NULL")
        for statement: SQLStatement in [
            "UPDATE upload_sets SET account_id = \(heir) WHERE account_id = \(id)",
            "UPDATE sequences SET account_id = \(heir) WHERE account_id = \(id)",
            "UPDATE pictures SET account_id = \(heir) WHERE account_id = \(id)",
            "UPDATE reports SET account_id = \(heir) WHERE account_id = \(id)",
            // They hide the same pictures as before.
            "UPDATE excluded_areas SET account_id = \(heir) WHERE account_id = \(id)",
            "UPDATE erasures SET handed_over = \(Int(count)) WHERE id = \(request.id)",
        ] { try connection.execute(statement) }
        // And the heir's own areas hold for them now.
        _ = try AreaCheck(of: heir, connection).recheck(in: nil)
    }
}

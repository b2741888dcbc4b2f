import Catalogue
import Crypto
import Domain
import Foundation

/// What administrators do with accounts; shared by the API and the pages. Each step is written to the audit log.
package struct AccountAdministration: Sendable {
    private let catalogue: Catalogue
    private let passwords: Passwords

    package init(services: WebServices) {
        catalogue = services.catalogue
        passwords = services.passwords
    }

    package init(catalogue: Catalogue, passwords: Passwords) {
        self.catalogue = catalogue
        self.passwords = passwords
    }

    /// Makes an account. Without a password one is made up; either must be changed at the first page login.
    ///
    /// - Returns: the account and its first password.
    /// - Throws: `.unprocessable` for a bad name or password, `.conflict` for a taken name.
    package func create(name: String, role: Role, password: String?, by viewer: Viewer) async throws -> (
        account: Account, password: String
    ) {
        let name = try Self.validName(name)
        if let password { try Passwords.checkNew(password, accountName: name) }
        let first = password ?? Self.makePassword()
        let account = Account(name: name, role: role)
        try await catalogue.accounts.create(account, passwordHash: try await passwords.hash(first))
        try await audit("account.created", account, by: viewer, details: ["role": role.rawValue])
        return (account, first)
    }

    /// Changes name, role or whether the account is disabled.
    ///
    /// - Throws: `.conflict` when an administrator would lock themselves out or the name is taken.
    package func update(
        _ id: AccountID, name: String? = nil, role: Role? = nil, isDisabled: Bool? = nil, by viewer: Viewer
    ) async throws -> Account {
        guard var account = try await catalogue.accounts.find(id) else { throw Failure.notFound("account") }
        if let name { account.name = try Self.validName(name) }
        if let role { account.role = role }
        if let isDisabled { account.isDisabled = isDisabled }
        if viewer.accountID == id, account.isDisabled || !account.role.isAdmin {
            throw Failure(
                .conflict, "You cannot take your own administration away.", details: ["reason": "own_account"])
        }
        try await catalogue.accounts.update(account)
        if account.isDisabled { try await catalogue.tokens.revokeAll(of: id, purpose: .session, except: nil) }
        let details = ["role": account.role.rawValue, "disabled": "\(account.isDisabled)"]
        try await audit("account.updated", account, by: viewer, details: details)
        return account
    }

    /// What an account may sign in with now: access tokens and open sessions, the newest first. Throws `.notFound`.
    package func tokens(of id: AccountID) async throws -> (account: Account, tokens: [AccessToken]) {
        guard let account = try await catalogue.accounts.find(id) else { throw Failure.notFound("account") }
        let now = Date()
        let all =
            try await catalogue.tokens.list(of: id, purpose: .api) + catalogue.tokens.list(of: id, purpose: .session)
        return (account, all.filter { $0.isValid(at: now) }.sorted { $0.createdAt > $1.createdAt })
    }

    /// Ends a token or a session of an account at once. Throws `.notFound`.
    package func revoke(_ token: AccessTokenID, of id: AccountID, by viewer: Viewer) async throws {
        guard let account = try await catalogue.accounts.find(id),
            try await catalogue.tokens.revoke(token, of: id)
        else { throw Failure.notFound("token") }
        try await audit("account.token-revoked", account, by: viewer, details: ["token": token.string])
    }

    /// Gives an account a new password that must be changed at the next page login, and ends its sessions.
    ///
    /// - Returns: the password.
    package func resetPassword(_ id: AccountID, to password: String?, by viewer: Viewer) async throws -> String {
        guard let account = try await catalogue.accounts.find(id) else { throw Failure.notFound("account") }
        if let password { try Passwords.checkNew(password, accountName: account.name) }
        let new = password ?? Self.makePassword()
        try await catalogue.accounts.setPassword(id, hash: try await passwords.hash(new), mustChange: true)
        try await catalogue.tokens.revokeAll(of: id, purpose: .session, except: nil)
        try await audit("account.password-reset", account, by: viewer, details: [:])
        return new
    }

    /// Deletes an account, and what it owns or hands it over. The id of the receipt.
    ///
    /// - Throws: `.conflict` for one's own account and for the last administrator, `.unprocessable` for a bad heir.
    package func delete(_ id: AccountID, leaving legacy: AccountLegacy, by viewer: Viewer) async throws -> ErasureID {
        guard let account = try await catalogue.accounts.find(id) else { throw Failure.notFound("account") }
        guard viewer.accountID != id else {
            throw Failure(.conflict, "You cannot delete your own account.", details: ["reason": "own_account"])
        }
        return try await erase(account, leaving: legacy, by: viewer)
    }

    /// Deletes an account for its owner, who has said the password once more, with all that was sent from it. The id of
    /// the receipt.
    ///
    /// - Throws: `.conflict` for the last administrator.
    package func deleteOwn(_ account: Account, by viewer: Viewer) async throws -> ErasureID {
        try await erase(account, leaving: .erased, by: viewer)
    }

    private func erase(
        _ account: Account, leaving legacy: AccountLegacy, by viewer: Viewer
    ) async throws -> ErasureID {
        let receipt = try await catalogue.accounts.delete(account.id, leaving: legacy, by: viewer)
        var details = ["receipt": receipt.string]
        if case .handedTo(let heir) = legacy { details["handed_to"] = heir.string }
        try await audit("account.deleted", account, by: viewer, details: details)
        return receipt
    }

    /// 1–80 characters without control characters or white space at the ends.
    package static func validName(_ text: String) throws -> String {
        let name = text.trimmed
        guard (1...80).contains(name.count),
            name.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else { throw Failure(.unprocessable, "A name has 1 to 80 characters.", details: ["reason": "name"]) }
        return name
    }

    /// Four groups of four letters and digits that are not mistaken for one another: 80 bits.
    package static func makePassword() -> String {
        let alphabet = Array("abcdefghjkmnpqrstuvwxyz23456789ACEFGHJK".prefix(32))
        var generator = SystemRandomNumberGenerator()
        let groups = (0..<4).map { _ in
            String((0..<4).map { _ in alphabet[Int(generator.next(upperBound: UInt32(alphabet.count)))] })
        }
        return groups.joined(separator: "-")
    }

    private func audit(_ action: String, _ account: Account, by viewer: Viewer, details: [String: String]) async throws
    {
        try await catalogue.audit.record(action, by: viewer, subject: account.id.string, details: details, at: Date())
    }
}

import Catalogue
import Domain
import Foundation
import Web

/// Makes the first account of a fresh server.
struct FirstAdministrator {
    let catalogue: Catalogue

    static let name = "admin"

    /// The one-time password of the account that was made; nil when there are accounts already.
    func make() async throws -> String? {
        guard try await catalogue.accounts.count() == 0 else { return nil }
        let password = OneTimePassword.make()
        let account = Account(name: Self.name, role: .admin)
        try await catalogue.accounts.create(account, passwordHash: try await Passwords().hash(password))
        try await catalogue.audit.record(
            "account.created", by: .system, subject: account.id.string, details: ["role": "admin"], at: .now)
        return password
    }
}

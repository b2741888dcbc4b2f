import Catalogue
import Domain
import Foundation

extension TestCatalogue {
    /// An account that is signed in: it has no password to change.
    @discardableResult
    package func addAccount(
        _ name: String, _ role: Role = .field, grants: [CameraLabel] = [], passwordHash: String? = nil
    ) async throws -> Account {
        let account = Account(name: name, role: role, mustChangePassword: false, createdAt: Self.epoch)
        try await catalogue.accounts.create(account, passwordHash: passwordHash)
        for label in grants { try await catalogue.labels.grant(label.id, to: account.id) }
        return account
    }

    @discardableResult
    package func addLabel(_ name: String, redaction: RedactionPreset = .default) async throws -> CameraLabel {
        let label = CameraLabel(name: name, redaction: RedactionPolicy(preset: redaction), createdAt: Self.epoch)
        try await catalogue.labels.create(label)
        return label
    }
}

extension Account {
    /// The account as the one who asks.
    package var viewer: Viewer { .account(id, role) }
}

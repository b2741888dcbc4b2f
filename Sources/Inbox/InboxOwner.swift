import Catalogue
import Domain

/// Whose the pictures of the inbox are, and to whom they are visible.
struct InboxOwner {
    let account: Account
    let visibility: Visibility
    /// Labels that the account may send to; nil for all.
    private let labels: Set<CameraLabelID>?

    /// Throws when there is no such account, or it may not send pictures.
    init(_ rules: InboxRules, _ catalogue: Catalogue) async throws {
        account = try await Self.account(rules.owner, catalogue)
        guard !account.isDisabled, account.role.mayUpload else {
            throw Failure(.forbidden, "The account “\(account.name)” may not send pictures.")
        }
        labels =
            account.role.isAdmin
            ? nil : Set(try await catalogue.labels.grants(of: account.id).map(\.id))
        let usual = try await catalogue.people.defaultVisibility(of: account.id) ?? .loggedOnly
        visibility = usual == .anyone && !rules.isPublic ? .loggedOnly : usual
    }

    var viewer: Viewer { .account(account.id, account.role) }

    func maySend(to label: CameraLabel) -> Bool { labels?.contains(label.id) ?? true }

    private static func account(_ name: String?, _ catalogue: Catalogue) async throws -> Account {
        if let name {
            guard let account = try await catalogue.accounts.find(name: name) else {
                throw Failure(.notFound, "There is no account “\(name)”.")
            }
            return account
        }
        let administrators = try await catalogue.accounts.list().filter { $0.role.isAdmin && !$0.isDisabled }
        guard let first = administrators.min(by: { $0.createdAt < $1.createdAt }) else {
            throw Failure(.notFound, "There is no administrator to own the pictures of the inbox.")
        }
        return first
    }
}

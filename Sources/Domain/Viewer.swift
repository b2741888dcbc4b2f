/// Who is asking. Every read of the catalogue takes one, so that visibility cannot be forgotten.
package enum Viewer: Hashable, Sendable {
    /// Nobody signed in.
    case guest
    /// A signed-in account.
    case account(AccountID, Role)
    /// A part of the server itself (pipeline, commands run at the console): sees everything.
    case system

    package var accountID: AccountID? {
        if case .account(let id, _) = self { id } else { nil }
    }

    package var role: Role? {
        if case .account(_, let role) = self { role } else { nil }
    }

    /// True for administrators and for the server itself.
    package var seesEverything: Bool {
        switch self {
        case .system: true
        case .account(_, let role): role.isAdmin
        case .guest: false
        }
    }
}

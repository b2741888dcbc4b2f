import Foundation

package typealias AccountID = Identifier<Account>

/// Who owns pictures and logs in.
package struct Account: Hashable, Sendable, Codable {
    package let id: AccountID
    /// Unique, compared without case; 1–80 characters.
    package var name: String
    package var role: Role
    /// True until the person has replaced a password that somebody else chose.
    package var mustChangePassword: Bool
    /// A disabled account cannot sign in and its tokens do not hold.
    package var isDisabled: Bool
    package var createdAt: Date

    package init(
        id: AccountID = AccountID(), name: String, role: Role, mustChangePassword: Bool = true,
        isDisabled: Bool = false, createdAt: Date = .now
    ) {
        self.id = id
        self.name = name
        self.role = role
        self.mustChangePassword = mustChangePassword
        self.isDisabled = isDisabled
        self.createdAt = createdAt
    }
}

import Foundation

package typealias AccessTokenID = Identifier<AccessToken>

/// The row behind a signed JWT: its `jti`. Deleting or revoking the row ends the token.
package struct AccessToken: Hashable, Sendable, Codable {
    package enum Purpose: String, Codable, Sendable {
        /// The login cookie of a browser.
        case session
        /// A bearer token for scripts and GIS tools.
        case api
    }

    package let id: AccessTokenID
    package let accountID: AccountID
    package let purpose: Purpose
    /// What the person wrote to recognise it by, e.g. "QGIS on my laptop".
    package var description: String
    package let createdAt: Date
    package let expiresAt: Date
    package var revokedAt: Date?

    package init(
        id: AccessTokenID = AccessTokenID(), accountID: AccountID, purpose: Purpose, description: String,
        createdAt: Date = .now, expiresAt: Date, revokedAt: Date? = nil
    ) {
        self.id = id
        self.accountID = accountID
        self.purpose = purpose
        self.description = description
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }

    /// Whether the token still holds at `moment`.
    package func isValid(at moment: Date) -> Bool { revokedAt == nil && moment < expiresAt }
}

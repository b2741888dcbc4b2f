import Foundation

/// A token that a program has asked for, and that holds nothing until a person who is signed in claims it.
///
/// The program keeps the signed text and shows the person the address of `code`: who knows it, and nobody else, can make
/// the token theirs, once, and for a quarter of an hour.
package struct TokenRequest: Hashable, Sendable {
    /// 32 hexadecimal digits: 128 random bits.
    package let code: String
    /// What the signed text names; there is no such token before the claim.
    package let tokenID: AccessTokenID
    /// What the program says it is for.
    package let description: String
    /// The program, as it calls itself (`User-Agent`).
    package let device: String
    /// Where it asked from.
    package let address: String
    package let createdAt: Date
    /// When it can no longer be claimed.
    package let expiresAt: Date
    /// When the token ends, once it is claimed.
    package let tokenExpiresAt: Date

    /// Seconds in which it has to be claimed.
    package static let lifetime: TimeInterval = 900
    /// How many may wait at once, from all sides.
    package static let mostWaiting = 1000

    package init(
        code: String = TokenRequest.newCode(), tokenID: AccessTokenID = AccessTokenID(), description: String,
        device: String,
        address: String, createdAt: Date, tokenExpiresAt: Date
    ) {
        self.code = code
        self.tokenID = tokenID
        self.description = description
        self.device = device
        self.address = address
        self.createdAt = createdAt
        expiresAt = createdAt.addingTimeInterval(Self.lifetime)
        self.tokenExpiresAt = tokenExpiresAt
    }

    package static func newCode() -> String {
        var source = SystemRandomNumberGenerator()
        return HexadecimalText.of((0..<16).map { _ in UInt8.random(in: 0...255, using: &source) })
    }

    /// The token that the account gets by claiming it.
    package func token(for account: AccountID, at moment: Date) -> AccessToken {
        AccessToken(
            id: tokenID, accountID: account, purpose: .api, description: description.isEmpty ? device : description,
            createdAt: moment, expiresAt: tokenExpiresAt)
    }
}

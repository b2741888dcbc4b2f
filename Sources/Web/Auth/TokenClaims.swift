import Foundation
import JWTKit

/// What a token says (RFC 7519 §4.1).
struct TokenClaims: JWTPayload {
    /// The account; absent where it is not known yet (`TokenRequest`).
    var sub: SubjectClaim?
    /// The row that can be revoked.
    let jti: IDClaim
    /// What the token is for; one value.
    let aud: AudienceClaim
    let iat: IssuedAtClaim
    let exp: ExpirationClaim

    func verify(using algorithm: some JWTAlgorithm) async throws {
        try exp.verifyNotExpired()
    }
}

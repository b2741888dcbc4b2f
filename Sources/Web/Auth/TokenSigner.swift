import Domain
import Foundation
import JWTKit

/// Signs and checks tokens: HS256 and nothing else, one key and one audience per purpose (RFC 8725).
package struct TokenSigner: Sendable {
    package let keys: SecretKeys
    private let collections: [AccessToken.Purpose: JWTKeyCollection]
    private static let algorithm = "HS256"

    /// - Parameter secretsFolder: `secrets` in the data folder; its key is made at first start.
    package init(secretsFolder: String) async throws {
        keys = try SecretKeys(folder: secretsFolder)
        let kid = JWKIdentifier(string: keys.identifier)
        var collections: [AccessToken.Purpose: JWTKeyCollection] = [:]
        for purpose in [AccessToken.Purpose.session, .api] {
            let key = HMACKey(key: keys.key(for: purpose.keyPurpose))
            collections[purpose] = await JWTKeyCollection().add(hmac: key, digestAlgorithm: .sha256, kid: kid)
        }
        self.collections = collections
    }

    /// The signed text of a token.
    package func sign(_ token: AccessToken) async throws -> String {
        try await sign(
            TokenClaims(
                sub: SubjectClaim(value: token.accountID.string), jti: IDClaim(value: token.id.string),
                aud: AudienceClaim(value: [token.purpose.audience]), iat: IssuedAtClaim(value: token.createdAt),
                exp: ExpirationClaim(value: token.expiresAt)), for: token.purpose)
    }

    /// The signed text that will stand for the token once the request is claimed; until then it stands for nothing.
    package func sign(_ request: TokenRequest) async throws -> String {
        try await sign(
            TokenClaims(
                jti: IDClaim(value: request.tokenID.string),
                aud: AudienceClaim(value: [AccessToken.Purpose.api.audience]),
                iat: IssuedAtClaim(value: request.createdAt), exp: ExpirationClaim(value: request.tokenExpiresAt)),
            for: .api)
    }

    private func sign(_ claims: TokenClaims, for purpose: AccessToken.Purpose) async throws -> String {
        do {
            return try await collection(for: purpose).sign(claims, kid: JWKIdentifier(string: keys.identifier))
        } catch {
            throw Failure(.internalError, "The token could not be signed.", underlying: error)
        }
    }

    /// The row that a signed text stands for.
    ///
    /// - Throws: `.unauthenticated` when it is malformed, forged, expired or made for another purpose.
    package func verify(_ text: String, purpose: AccessToken.Purpose) async throws -> AccessTokenID {
        do {
            let bytes = Array(text.utf8)
            let header = try DefaultJWTParser().parse(bytes, as: TokenClaims.self).header
            guard header.alg == Self.algorithm, header.kid == keys.identifier else { throw Self.refused }
            let claims = try await collection(for: purpose).verify(bytes, as: TokenClaims.self)
            guard claims.aud.value == [purpose.audience], let id = AccessTokenID(claims.jti.value) else {
                throw Self.refused
            }
            return id
        } catch {
            throw Self.refused
        }
    }

    static let refused = Failure(.unauthenticated, "The token is not valid, has expired or was revoked.")

    private func collection(for purpose: AccessToken.Purpose) throws -> JWTKeyCollection {
        guard let collection = collections[purpose] else {
            throw Failure(.internalError, "There is no key for \(purpose.rawValue) tokens.")
        }
        return collection
    }
}

extension AccessToken.Purpose {
    /// The `aud` claim.
    var audience: String {
        switch self {
        case .session: "wayside:login"
        case .api: "wayside:api"
        }
    }

    var keyPurpose: SecretKeys.Purpose {
        switch self {
        case .session: .login
        case .api: .api
        }
    }

    /// How long a new token holds, seconds.
    package var lifetime: TimeInterval {
        switch self {
        case .session: 14 * 86_400
        case .api: 365 * 86_400
        }
    }
}

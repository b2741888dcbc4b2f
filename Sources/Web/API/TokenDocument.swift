import Domain
import Foundation

/// An access token on the wire, without its signed text.
struct TokenDocument {
    private let token: AccessToken
    private let baseURL: String

    init(_ token: AccessToken, baseURL: String) {
        self.token = token
        self.baseURL = baseURL
    }

    var object: JSONObject {
        [
            "id": .string(token.id.string), "description": .string(token.description),
            "generated_at": .string(RFC3339.string(token.createdAt)),
            "expires_at": .string(RFC3339.string(token.expiresAt)),
            "revoked_at": .optional(token.revokedAt.map(RFC3339.string)),
            "links": .links([Link(rel: "self", href: "\(baseURL)/api/users/me/tokens/\(token.id)")]),
        ]
    }

    var json: JSON { .object(object) }
}

import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// A person's own access tokens.
struct TokenRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.get("api/users/me/tokens", use: list)
        group.post("api/users/me/tokens", use: create)
        group.get("api/users/me/tokens/:token", use: show)
        group.delete("api/users/me/tokens/:token", use: revoke)
    }

    @Sendable private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let tokens = try await services.catalogue.tokens.list(of: context.account.id, purpose: .api)
        return .json(.array(tokens.map { TokenDocument($0, baseURL: context.baseURL).json }))
    }

    private struct NewToken: Decodable {
        let description: String?
        let days: Int?

        enum CodingKeys: String, CodingKey {
            case description
            case days = "expires_in_days"
        }
    }

    /// The signed text is shown in this answer and never again.
    @Sendable private func create(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let query = try Query(request, allowing: ["description"])
        let body = request.hasBody ? try await request.decodeJSON(NewToken.self, limit: 8 << 10) : nil
        let days = body?.days ?? 365
        guard (1...3660).contains(days) else { throw Failure(.unprocessable, "A token holds for 1 to 3660 days.") }
        try await services.countToken(of: context.account.id)
        let created = try await services.issueToken(
            for: context.account, description: body?.description ?? query["description"] ?? "", days: days)
        var object = TokenDocument(created.token, baseURL: context.baseURL).object
        object["jwt_token"] = .string(created.signed)
        return .json(.object(object), status: .created)
    }

    /// Without the signed text, which is shown once only: who lost it makes another token.
    @Sendable private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("token", of: "token", as: AccessTokenID.self)
        let tokens = try await services.catalogue.tokens.list(of: context.account.id, purpose: .api)
        guard let token = tokens.first(where: { $0.id == id }) else { throw Failure.notFound("token") }
        return .json(TokenDocument(token, baseURL: context.baseURL).json)
    }

    @Sendable private func revoke(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("token", of: "token", as: AccessTokenID.self)
        guard try await services.catalogue.tokens.revoke(id, of: context.account.id) else {
            throw Failure.notFound("token")
        }
        return .noContent
    }
}

extension WebServices {
    /// Throws `.tooMany` when the account has asked for too many tokens within the hour.
    func countToken(of account: AccountID) async throws {
        try await catalogue.tokenRequests.count(tokenQuota(of: account), at: clock())
    }

    func tokenQuota(of account: AccountID) -> HourlyQuota {
        HourlyQuota(.tokens, of: "account:\(account)", limit: configuration.tokensPerHour)
    }

    /// Makes an access token for scripts and GIS tools; its signed text exists only in the answer.
    package func issueToken(for account: Account, description: String, days: Int = 365) async throws -> (
        token: AccessToken, signed: String
    ) {
        let now = Date()
        let token = AccessToken(
            accountID: account.id, purpose: .api, description: String(description.trimmed.prefix(200)), createdAt: now,
            expiresAt: now.addingTimeInterval(Double(days) * 86_400))
        let signed = try await tokenSigner.sign(token)
        try await catalogue.tokens.insert(token)
        return (token, signed)
    }
}

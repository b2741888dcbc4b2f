import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// What anybody may sign in with, for administrators. No signed text is ever shown.
struct AccountTokenRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let group = router.group(context: AdminContext.self)
        group.get("api/accounts/:account/tokens", use: list)
        group.delete("api/accounts/:account/tokens/:token", use: revoke)
    }

    @Sendable private func list(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.identifier("account", of: "account", as: AccountID.self)
        let found = try await AccountAdministration(services: services).tokens(of: id)
        return .json([
            "tokens": .array(
                found.tokens.map {
                    [
                        "id": .string($0.id.string), "purpose": .string($0.purpose.rawValue),
                        "description": .string($0.description), "generated_at": .string(RFC3339.string($0.createdAt)),
                        "expires_at": .string(RFC3339.string($0.expiresAt)),
                    ]
                }),
            "links": [],
        ])
    }

    @Sendable private func revoke(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.identifier("account", of: "account", as: AccountID.self)
        let token = try context.identifier("token", of: "token", as: AccessTokenID.self)
        try await AccountAdministration(services: services).revoke(token, of: id, by: context.viewer)
        return .noContent
    }
}

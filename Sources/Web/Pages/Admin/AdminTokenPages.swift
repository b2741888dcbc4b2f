import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// The tokens and open sessions of an account, for administrators.
struct AdminTokenPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: AdminContext.self)
        group.get("admin/accounts/:account/tokens", use: show)
        group.post("admin/accounts/:account/tokens/:token/revoke", use: revoke)
    }

    private struct Content: Sendable {
        struct Token: Sendable {
            let id: String
            let kind: String
            let description: String
            let created: PageTime
            let expires: PageTime
            let isOwn: Bool
        }

        let menu: AdminMenu
        let notice: PageNotice?
        let account: String
        let hasTokens: Bool
        let tokens: [Token]
    }

    @Sendable private func show(_ request: Request, _ context: AdminContext) async throws -> Response {
        let words = try renderer.words(context.language)
        let id = try context.identifier("account", of: "account", as: AccountID.self)
        let found = try await AccountAdministration(services: services).tokens(of: id)
        let title = words("tokens.title", ["name": found.account.name])
        let content = Content(
            menu: AdminTabs.accounts.menu(words), notice: .said(Query(request.uri.query), words), account: id.string,
            hasTokens: !found.tokens.isEmpty,
            tokens: found.tokens.map {
                .init(
                    id: $0.id.string, kind: words("tokens.\($0.purpose.rawValue)"), description: $0.description,
                    created: PageTime($0.createdAt), expires: PageTime($0.expiresAt),
                    isOwn: $0.id == context.accessToken.id)
            })
        return try renderer.response(
            .accountTokens, title: title, path: "/admin/accounts/\(id)/tokens", visitor: PageVisitor(context),
            content: content)
    }

    @Sendable private func revoke(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.identifier("account", of: "account", as: AccountID.self)
        let token = try context.identifier("token", of: "token", as: AccessTokenID.self)
        try await AccountAdministration(services: services).revoke(token, of: id, by: context.viewer)
        return .redirect(seeOther: "/admin/accounts/\(id)/tokens?said=account.revoked")
    }
}

import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// A person's own account: password, camera labels, access tokens.
struct AccountPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let session = router.group(context: PasswordChangeContext.self)
        session.get("account/password", use: showPassword)
        session.post("account/password", use: changePassword)
        let group = router.group(context: SignedInContext.self)
        group.get("account", use: show)
        group.post("account/tokens", use: createToken)
        group.post("account/tokens/:token/revoke", use: revokeToken)
    }

    // The account

    private struct Content: Sendable {
        struct Secret: Sendable { let value: String }
        struct Label: Sendable { let name: String }
        struct Token: Sendable {
            let id: String
            let description: String
            let created: PageTime
            let expires: PageTime
        }

        let summary: String
        let notice: PageNotice?
        let secret: Secret?
        let labelsText: String
        let labels: [Label]
        let hasTokens: Bool
        let tokens: [Token]
    }

    @Sendable private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let words = try renderer.words(context.language)
        return try await page(context, notice: .said(Query(request.uri.query), words))
    }

    private func page(_ context: SignedInContext, notice: PageNotice? = nil, secret: String? = nil) async throws
        -> Response
    {
        let words = try renderer.words(context.language)
        let account = context.account
        let labels = account.role.isAdmin ? [] : try await services.catalogue.labels.list(viewer: context.viewer)
        let now = Date()
        let tokens = try await services.catalogue.tokens.list(of: account.id, purpose: .api)
            .filter { $0.isValid(at: now) }
        let content = Content(
            summary: words(
                "account.summary", ["name": account.name, "role": words("roles.\(account.role.rawValue)")]),
            notice: notice, secret: secret.map { Content.Secret(value: $0) },
            labelsText: account.role.isAdmin
                ? words("account.labelsAll") : words(labels.isEmpty ? "account.labelsNone" : "account.labelsSome"),
            labels: labels.map { .init(name: $0.name) }, hasTokens: !tokens.isEmpty,
            tokens: tokens.map {
                .init(
                    id: $0.id.string, description: $0.description, created: PageTime($0.createdAt),
                    expires: PageTime($0.expiresAt))
            })
        return try renderer.response(
            .account, title: words("account.title"), path: "/account", visitor: PageVisitor(context), content: content,
            isSecret: secret != nil)
    }

    // Tokens

    /// The signed text is on the page that answers, and nowhere else.
    @Sendable private func createToken(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let description = try await PageForm(request)["description"].trimmingCharacters(in: .whitespacesAndNewlines)
        guard !description.isEmpty else {
            return try await page(context, notice: .bad(try renderer.words(context.language)("account.describe")))
        }
        try await services.countToken(of: context.account.id)
        let created = try await services.issueToken(for: context.account, description: description)
        return try await page(context, secret: created.signed)
    }

    @Sendable private func revokeToken(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("token", of: "token", as: AccessTokenID.self)
        guard try await services.catalogue.tokens.revoke(id, of: context.account.id) else {
            throw Failure.notFound("token")
        }
        return .redirect(seeOther: "/account?said=account.revoked")
    }

    // The password

    private struct PasswordContent: Sendable {
        let explanation: String
        let rule: String
        let minimum: String
        let name: String
        let next: String
        let notice: PageNotice?
    }

    @Sendable private func showPassword(_ request: Request, _ context: PasswordChangeContext) async throws -> Response {
        try passwordPage(context, next: PageForm.safe(Query(request.uri.query)["next"] ?? ""))
    }

    @Sendable private func changePassword(_ request: Request, _ context: PasswordChangeContext) async throws
        -> Response
    {
        let form = try await PageForm(request)
        let words = try renderer.words(context.language)
        guard form["new"] == form["again"] else {
            return try passwordPage(context, next: form.next, problem: words("password.different"))
        }
        do {
            let session = try await services.login.changePassword(
                of: context.account, from: form["current"], to: form["new"], address: context.clientAddress)
            let isFirst = context.mustChangePassword
            var response = Response.redirect(seeOther: isFirst ? form.next : "/account?said=password.changed")
            if context.accessToken.purpose == .session {
                response.setCookie(LoginCookie.set(session, isSecure: context.isSecure))
            }
            return response
        } catch let failure as Failure where [.unprocessable, .tooMany].contains(failure.code) {
            return try passwordPage(context, next: form.next, problem: problem(failure, words))
        }
    }

    private func problem(_ failure: Failure, _ words: PageWords) -> String {
        if failure.code == .tooMany {
            let seconds = Int(failure.details["retry_after"] ?? "") ?? 60
            return words("login.locked", count: max(1, (seconds + 59) / 60))
        }
        switch failure.details["reason"] {
        case "password_wrong": return words("password.wrongCurrent")
        case "password_same": return words("password.same")
        case "password_weak": return words("password.weak")
        default: return words("password.tooShort", ["n": "\(Passwords.minimumLength)"])
        }
    }

    private func passwordPage(_ context: PasswordChangeContext, next: String, problem: String? = nil) throws -> Response
    {
        let words = try renderer.words(context.language)
        let content = PasswordContent(
            explanation: words(context.mustChangePassword ? "password.mustChange" : "password.mayChange"),
            rule: words("password.rule", ["n": "\(Passwords.minimumLength)"]),
            minimum: "\(Passwords.minimumLength)", name: context.account.name, next: next,
            notice: problem.map { .bad($0) })
        return try renderer.response(
            .password, title: words("password.title"), path: "/account/password", visitor: PageVisitor(context),
            content: content, status: problem == nil ? .ok : .unprocessableContent)
    }
}

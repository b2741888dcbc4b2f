import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Signing in and out, for programs and scripts of the pages.
struct AuthRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        router.post("api/auth/login", use: signIn)
        router.get("api/auth/login", use: toPage)
        let session = router.group(context: PasswordChangeContext.self)
        session.post("api/auth/logout", use: signOut)
        session.post("api/users/me/password", use: changePassword)
    }

    private struct Credentials: Decodable {
        let name: String
        let password: String
    }

    @Sendable private func signIn(_ request: Request, _ context: WebContext) async throws -> Response {
        let credentials = try await request.decodeJSON(Credentials.self, limit: 8 << 10)
        let session = try await services.login.signIn(
            name: credentials.name, password: credentials.password, address: context.clientAddress,
            userAgent: request.headers[.userAgent])
        var response = Response.json(AccountDocument(session.account).json)
        response.setCookie(LoginCookie.set(session, isSecure: context.isSecure))
        return response
    }

    /// To the page for it, and back to `next_url`, which is a page of this server.
    @Sendable private func toPage(_ request: Request, _ context: WebContext) async throws -> Response {
        let query = try Query(request, allowing: ["next_url"])
        var next = query["next_url"] ?? "/"
        if next.hasPrefix("\(context.baseURL)/") { next.removeFirst(context.baseURL.count) }
        return .redirect(seeOther: "/login?next=\(URLText.encode(PageForm.safe(next)))")
    }

    @Sendable private func signOut(_ request: Request, _ context: PasswordChangeContext) async throws -> Response {
        _ = try await services.catalogue.tokens.revoke(context.accessToken.id, of: context.account.id)
        var response = Response.noContent
        response.setCookie(LoginCookie.clear(isSecure: context.isSecure))
        return response
    }

    private struct PasswordChange: Decodable {
        let old: String
        let new: String
    }

    @Sendable private func changePassword(_ request: Request, _ context: PasswordChangeContext) async throws
        -> Response
    {
        let change = try await request.decodeJSON(PasswordChange.self, limit: 8 << 10)
        let session = try await services.login.changePassword(
            of: context.account, from: change.old, to: change.new, address: context.clientAddress)
        var response = Response.json(AccountDocument(session.account).json)
        if context.accessToken.purpose == .session {
            response.setCookie(LoginCookie.set(session, isSecure: context.isSecure))
        }
        return response
    }
}

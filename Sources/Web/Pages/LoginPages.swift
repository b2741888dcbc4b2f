import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Signing in and out, and the choice of language.
struct LoginPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        router.get("login", use: show)
        router.post("login", use: signIn)
        router.post("language", use: chooseLanguage)
        router.group(context: PasswordChangeContext.self).post("logout", use: signOut)
    }

    private struct Content: Sendable {
        let next: String
        let name: String
        let notice: PageNotice?
    }

    @Sendable private func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let query = Query(request.uri.query)
        let next = PageForm.safe(query["next"] ?? "/")
        if context.account != nil { return .redirect(seeOther: next) }
        let words = try renderer.words(context.language)
        return try page(Content(next: next, name: "", notice: .said(query, words)), context)
    }

    @Sendable private func signIn(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await PageForm(request)
        do {
            let session = try await services.login.signIn(
                name: form["name"], password: form["password"], address: context.clientAddress,
                userAgent: request.headers[.userAgent])
            let isFirst = session.account.mustChangePassword
            var response = Response.redirect(
                seeOther: isFirst ? "/account/password?next=\(URLText.encode(form.next))" : form.next)
            response.setCookie(LoginCookie.set(session, isSecure: context.isSecure))
            return response
        } catch let failure as Failure {
            return try refusal(failure, form: form, context)
        }
    }

    private func refusal(_ failure: Failure, form: PageForm, _ context: WebContext) throws -> Response {
        let words = try renderer.words(context.language)
        let name = String(form["name"].prefix(80))
        switch failure.code {
        case .unauthenticated:
            let content = Content(next: form.next, name: name, notice: .bad(words("login.wrong")))
            return try page(content, context, status: .unauthorized)
        case .tooMany:
            let seconds = Int(failure.details["retry_after"] ?? "") ?? 60
            let notice = PageNotice.bad(words("login.locked", count: max(1, (seconds + 59) / 60)))
            var response = try page(
                Content(next: form.next, name: name, notice: notice), context, status: .tooManyRequests)
            response.headers[.retryAfter] = "\(seconds)"
            return response
        default:
            throw failure
        }
    }

    @Sendable private func signOut(_ request: Request, _ context: PasswordChangeContext) async throws -> Response {
        _ = try await services.catalogue.tokens.revoke(context.accessToken.id, of: context.account.id)
        var response = Response.redirect(seeOther: "/login?said=login.signedOut")
        response.setCookie(LoginCookie.clear(isSecure: context.isSecure))
        return response
    }

    @Sendable private func chooseLanguage(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await PageForm(request)
        guard let language = Language(rawValue: form["language"]) else {
            throw Failure(.invalid, "That language is not spoken here.")
        }
        var response = Response.redirect(seeOther: form.next)
        response.setCookie(
            Cookie(
                name: Language.cookieName, value: language.rawValue, maxAge: 365 * 86_400, path: "/",
                secure: context.isSecure, httpOnly: true, sameSite: .lax))
        return response
    }

    private func page(_ content: Content, _ context: WebContext, status: HTTPResponse.Status = .ok) throws -> Response {
        let words = try renderer.words(context.language)
        return try renderer.response(
            .login, title: words("login.title"), path: "/login", visitor: PageVisitor(context), content: content,
            status: status)
    }
}

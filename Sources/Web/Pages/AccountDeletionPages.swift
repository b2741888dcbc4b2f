import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Deleting one's own account: the password once more, and the receipt, which nobody can look up afterwards.
struct AccountDeletionPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.get("account/delete", use: show)
        group.post("account/delete", use: remove)
    }

    private struct Content: Sendable {
        struct Form: Sendable {
            let name: String
            let lead: String
        }

        struct Receipt: Sendable { let number: String }

        let notice: PageNotice?
        let form: Form?
        /// Once it is done.
        let receipt: Receipt?
    }

    @Sendable private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await page(context)
    }

    @Sendable private func remove(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let words = try renderer.words(context.language)
        let password = try await PageForm(request)["password"]
        do {
            try await services.login.confirm(context.account, password: password, address: context.clientAddress)
            let receipt = try await AccountAdministration(services: services).deleteOwn(
                context.account, by: context.viewer)
            services.wake()
            return try done(receipt, context)
        } catch let failure as Failure where failure.code == .unprocessable {
            return try await page(context, problem: words("password.wrongCurrent"))
        } catch let failure as Failure where failure.code == .conflict {
            return try await page(context, problem: words("erase.lastAdministrator"))
        } catch let failure as Failure where failure.code == .tooMany {
            let seconds = Int(failure.details["retry_after"] ?? "") ?? 60
            return try await page(context, problem: words("login.locked", count: max(1, (seconds + 59) / 60)))
        }
    }

    private func done(_ receipt: ErasureID, _ context: SignedInContext) throws -> Response {
        let words = try renderer.words(context.language)
        var response = try renderer.response(
            .ownAccountDeletion, title: words("leave.done"), path: "/account/delete",
            visitor: .stranger(context.language),
            content: Content(notice: nil, form: nil, receipt: .init(number: receipt.string)), isSecret: true)
        response.setCookie(LoginCookie.clear(isSecure: context.isSecure))
        return response
    }

    private func page(_ context: SignedInContext, problem: String? = nil) async throws -> Response {
        let words = try renderer.words(context.language)
        let name = context.account.name
        let count = try await services.catalogue.accounts.pictureCount(of: context.account.id)
        let content = Content(
            notice: problem.map { .bad($0) },
            form: .init(name: name, lead: words("erase.lead", count: count, ["name": name])), receipt: nil)
        return try renderer.response(
            .ownAccountDeletion, title: words("leave.title"), path: "/account/delete", visitor: PageVisitor(context),
            content: content, status: problem == nil ? .ok : .unprocessableContent)
    }
}

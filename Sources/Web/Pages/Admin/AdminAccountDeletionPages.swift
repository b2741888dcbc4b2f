import Catalogue
import Domain
import Foundation
import Hummingbird

/// Deleting an account: what becomes of its pictures, and a name to type before anything happens.
struct AdminAccountDeletionPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: AdminContext.self)
        group.get("admin/accounts/:account/delete", use: show)
        group.post("admin/accounts/:account/delete", use: remove)
    }

    private struct Content: Sendable {
        let id: String
        let title: String
        let lead: String
        let notice: PageNotice?
        let hasHeirs: Bool
        let heirs: [PageOption]
    }

    @Sendable private func show(_ request: Request, _ context: AdminContext) async throws -> Response {
        try await page(try await account(context), context)
    }

    @Sendable private func remove(_ request: Request, _ context: AdminContext) async throws -> Response {
        let words = try renderer.words(context.language)
        let account = try await account(context)
        let form = try await PageForm(request)
        guard form["confirm"].trimmed == account.name else {
            return try await page(account, context, problem: words("erase.notConfirmed"))
        }
        do {
            _ = try await AccountAdministration(services: services).delete(
                account.id, leaving: try Self.legacy(form), by: context.viewer)
            services.wake()
            return .redirect(seeOther: "/receipts?said=erase.done")
        } catch let failure as Failure where [.conflict, .unprocessable].contains(failure.code) {
            return try await page(account, context, problem: words(Self.key(for: failure)))
        }
    }

    private static func legacy(_ form: PageForm) throws -> AccountLegacy {
        switch form["pictures"] {
        case "delete": return .erased
        case "hand":
            guard let heir = AccountID(form["heir"]) else {
                throw Failure(.unprocessable, "There is no such account to hand to.", details: ["reason": "heir"])
            }
            return .handedTo(heir)
        default: throw Failure(.invalid, "The field 'pictures' is missing.")
        }
    }

    private static func key(for failure: Failure) -> String {
        switch failure.details["reason"] {
        case "last_administrator": "erase.lastAdministrator"
        case "own_account": "erase.notSelf"
        default: "erase.badHeir"
        }
    }

    private func account(_ context: AdminContext) async throws -> Account {
        let id = try context.identifier("account", of: "account", as: AccountID.self)
        guard let account = try await services.catalogue.accounts.find(id) else { throw Failure.notFound("account") }
        return account
    }

    private func page(_ account: Account, _ context: AdminContext, problem: String? = nil) async throws -> Response {
        let words = try renderer.words(context.language)
        let count = try await services.catalogue.accounts.pictureCount(of: account.id)
        let heirs = try await services.catalogue.accounts.list().filter {
            $0.id != account.id && !$0.isDisabled && $0.role.mayUpload
        }
        let title = words("erase.title", ["name": account.name])
        let content = Content(
            id: account.id.string, title: title, lead: words("erase.lead", count: count, ["name": account.name]),
            notice: problem.map { .bad($0) }, hasHeirs: !heirs.isEmpty,
            heirs: heirs.map { PageOption($0.id.string, $0.name) })
        return try renderer.response(
            .accountDeletion, title: title, path: "/admin/accounts/\(account.id)/delete",
            visitor: PageVisitor(context), content: content, status: problem == nil ? .ok : .unprocessableContent)
    }
}

import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Accounts, for administrators.
struct AdminAccountPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: AdminContext.self)
        group.get("admin/accounts", use: list)
        group.post("admin/accounts", use: create)
        group.post("admin/accounts/:account/role", use: setRole)
        group.post("admin/accounts/:account/enable") { try await setDisabled(false, $1) }
        group.post("admin/accounts/:account/disable") { try await setDisabled(true, $1) }
        group.post("admin/accounts/:account/password", use: resetPassword)
    }

    private var administration: AccountAdministration { AccountAdministration(services: services) }
    private static let saved = "/admin/accounts?said=accounts.saved"

    private struct Content: Sendable {
        struct Secret: Sendable {
            let text: String
            let value: String
        }

        struct Row: Sendable {
            let id: String
            let name: String
            let isSelf: Bool
            let isDisabled: Bool
            let roles: [PageOption]
            let labels: String
            let tone: String
            let state: String
            let resetQuestion: String
            let disableQuestion: String
        }

        let menu: AdminMenu?
        let notice: PageNotice?
        let secret: Secret?
        let draftName: String
        let roles: [PageOption]
        let accounts: [Row]
    }

    @Sendable private func list(_ request: Request, _ context: AdminContext) async throws -> Response {
        let words = try renderer.words(context.language)
        return try await page(context, notice: .said(Query(request.uri.query), words))
    }

    /// The first password is on the page that answers, and nowhere else.
    @Sendable private func create(_ request: Request, _ context: AdminContext) async throws -> Response {
        let words = try renderer.words(context.language)
        let form = try await PageForm(request)
        do {
            let made = try await administration.create(
                name: form["name"], role: try role(form), password: nil, by: context.viewer)
            let text = words("accounts.created", ["name": made.account.name])
            return try await page(context, secret: .init(text: text, value: made.password))
        } catch let failure as Failure where failure.code == .conflict || failure.code == .unprocessable {
            let notice = PageNotice.bad(words(failure.code == .conflict ? "accounts.taken" : "accounts.badName"))
            return try await page(context, notice: notice, draftName: String(form["name"].prefix(200)))
        }
    }

    @Sendable private func setRole(_ request: Request, _ context: AdminContext) async throws -> Response {
        let role = try role(try await PageForm(request))
        return try await change(context) { try await administration.update($0, role: role, by: context.viewer) }
    }

    private func setDisabled(_ isDisabled: Bool, _ context: AdminContext) async throws -> Response {
        try await change(context) {
            try await administration.update($0, isDisabled: isDisabled, by: context.viewer)
        }
    }

    private func change(_ context: AdminContext, _ work: (AccountID) async throws -> Account) async throws -> Response {
        do {
            _ = try await work(try context.identifier("account", of: "account", as: AccountID.self))
            return .redirect(seeOther: Self.saved)
        } catch let failure as Failure where failure.code == .conflict {
            return try await page(context, notice: .bad(try renderer.words(context.language)("accounts.notSelf")))
        }
    }

    @Sendable private func resetPassword(_ request: Request, _ context: AdminContext) async throws -> Response {
        let words = try renderer.words(context.language)
        let id = try context.identifier("account", of: "account", as: AccountID.self)
        let password = try await administration.resetPassword(id, to: nil, by: context.viewer)
        // One's own session has ended with all others.
        guard id != context.account.id else {
            return try ownPassword(password, context)
        }
        let name = try await services.catalogue.accounts.find(id)?.name ?? ""
        return try await page(
            context, secret: .init(text: words("accounts.passwordReset", ["name": name]), value: password))
    }

    private func ownPassword(_ password: String, _ context: AdminContext) throws -> Response {
        let words = try renderer.words(context.language)
        let content = Content(
            menu: nil, notice: nil,
            secret: .init(text: words("accounts.passwordReset", ["name": context.account.name]), value: password),
            draftName: "", roles: [], accounts: [])
        return try renderer.response(
            .accounts, title: words("admin.accounts"), path: AdminTabs.accounts.path, visitor: PageVisitor(context),
            content: content, isSecret: true)
    }

    private func role(_ form: PageForm) throws -> Role {
        guard let role = Role(rawValue: form["role"]) else { throw Failure(.invalid, "There is no such role.") }
        return role
    }

    private func page(
        _ context: AdminContext, notice: PageNotice? = nil, secret: Content.Secret? = nil, draftName: String = ""
    ) async throws -> Response {
        let words = try renderer.words(context.language)
        var rows: [Content.Row] = []
        for account in try await services.catalogue.accounts.list() {
            rows.append(try await row(account, context, words))
        }
        let content = Content(
            menu: AdminTabs.accounts.menu(words), notice: notice, secret: secret, draftName: draftName,
            roles: Role.allCases.map {
                PageOption($0.rawValue, words("roles.\($0.rawValue)_long"), isSelected: $0 == .field)
            },
            accounts: rows)
        return try renderer.response(
            .accounts, title: words("admin.accounts"), path: AdminTabs.accounts.path, visitor: PageVisitor(context),
            content: content, status: notice?.tone == "bad" ? .unprocessableContent : .ok, isSecret: secret != nil)
    }

    private func row(_ account: Account, _ context: AdminContext, _ words: PageWords) async throws -> Content.Row {
        let labels = account.role.isAdmin ? [] : try await services.catalogue.labels.grants(of: account.id)
        let names = account.role.isAdmin ? words("accounts.allLabels") : labels.map(\.name).joined(separator: ", ")
        let (tone, state) =
            account.isDisabled
            ? ("bad", "accounts.disabled")
            : account.mustChangePassword ? ("warn", "accounts.mustChange") : ("good", "accounts.active")
        return .init(
            id: account.id.string, name: account.name, isSelf: account.id == context.account.id,
            isDisabled: account.isDisabled,
            roles: Role.allCases.map {
                PageOption($0.rawValue, words("roles.\($0.rawValue)"), isSelected: $0 == account.role)
            },
            labels: names.isEmpty ? words("accounts.noLabels") : names, tone: tone, state: words(state),
            resetQuestion: words("accounts.resetQuestion", ["name": account.name]),
            disableQuestion: words("accounts.disableQuestion", ["name": account.name]))
    }
}

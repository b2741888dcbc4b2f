import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Camera labels and grants, for administrators.
struct AdminLabelPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: AdminContext.self)
        group.get("admin/labels", use: list)
        group.post("admin/labels", use: create)
        group.post("admin/labels/:label/redaction", use: setRedaction)
        group.post("admin/labels/:label/grant") { try await changeGrant(true, $0, $1) }
        group.post("admin/labels/:label/withdraw") { try await changeGrant(false, $0, $1) }
    }

    private var administration: LabelAdministration { LabelAdministration(catalogue: services.catalogue) }
    private static let saved = "/admin/labels?said=labels.saved"
    /// The recommended one first.
    private static let presets: [RedactionPreset] = [.default, .fast, .thorough, .none]

    private struct Content: Sendable {
        struct Grant: Sendable {
            let id: String
            let account: String
            let role: String
            let label: String
            let withdraw: String
        }

        struct Label: Sendable {
            let id: String
            let name: String
            let isUnredacted: Bool
            let presets: [PageOption]
            let hasGrants: Bool
            let grants: [Grant]
            let hasCandidates: Bool
            let candidates: [PageOption]
        }

        let menu: AdminMenu
        let notice: PageNotice?
        let draftName: String
        let presets: [PageOption]
        let hasLabels: Bool
        let labels: [Label]
    }

    @Sendable private func list(_ request: Request, _ context: AdminContext) async throws -> Response {
        let words = try renderer.words(context.language)
        return try await page(context, notice: .said(Query(request.uri.query), words))
    }

    @Sendable private func create(_ request: Request, _ context: AdminContext) async throws -> Response {
        let form = try await PageForm(request)
        let preset = try preset(form)
        return try await attempt(form, context) {
            _ = try await administration.create(
                name: form["name"], confirmsNoRedaction: form["confirm"] == "yes", by: context.viewer
            ) { $0.preset = preset }
        }
    }

    @Sendable private func setRedaction(_ request: Request, _ context: AdminContext) async throws -> Response {
        let form = try await PageForm(request)
        let id = try context.labelID(), preset = try preset(form)
        return try await attempt(form, context) {
            _ = try await administration.update(
                id, confirmsNoRedaction: form["confirm"] == "yes", by: context.viewer
            ) { $0.preset = preset }
        }
    }

    private func changeGrant(_ isGranted: Bool, _ request: Request, _ context: AdminContext) async throws -> Response {
        let form = try await PageForm(request)
        guard let account = AccountID(form["account"]) else { throw Failure.notFound("account") }
        let label = try context.labelID()
        if isGranted {
            try await administration.grant(label, to: account, by: context.viewer)
        } else {
            try await administration.withdraw(label, from: account, by: context.viewer)
        }
        return .redirect(seeOther: Self.saved)
    }

    /// Redirects after success; else the same page says what to do.
    private func attempt(_ form: PageForm, _ context: AdminContext, _ work: () async throws -> Void) async throws
        -> Response
    {
        do {
            try await work()
            return .redirect(seeOther: Self.saved)
        } catch let failure as Failure where failure.code == .conflict || failure.code == .unprocessable {
            let words = try renderer.words(context.language)
            let key =
                failure.code == .conflict
                ? "labels.taken"
                : failure.details["reason"] == "confirmation_needed" ? "labels.mustConfirm" : "labels.badName"
            return try await page(context, notice: .bad(words(key)), draftName: String(form["name"].prefix(200)))
        }
    }

    private func preset(_ form: PageForm) throws -> RedactionPreset {
        guard let preset = RedactionPreset(rawValue: form["redaction"]) else {
            throw Failure(.invalid, "There is no such preset.")
        }
        return preset
    }

    private func page(_ context: AdminContext, notice: PageNotice? = nil, draftName: String = "") async throws
        -> Response
    {
        let words = try renderer.words(context.language)
        let accounts = try await services.catalogue.accounts.list().filter { !$0.role.isAdmin }
        var labels: [Content.Label] = []
        for label in try await services.catalogue.labels.list(viewer: context.viewer) {
            let grantees = try await services.catalogue.labels.grantees(label.id).filter { !$0.role.isAdmin }
            labels.append(view(label, grantees: grantees, accounts: accounts, words))
        }
        let content = Content(
            menu: AdminTabs.labels.menu(words), notice: notice, draftName: draftName, presets: options(.default, words),
            hasLabels: !labels.isEmpty, labels: labels)
        return try renderer.response(
            .labels, title: words("admin.labels"), path: AdminTabs.labels.path, visitor: PageVisitor(context),
            content: content, status: notice?.tone == "bad" ? .unprocessableContent : .ok)
    }

    private func view(_ label: CameraLabel, grantees: [Account], accounts: [Account], _ words: PageWords)
        -> Content.Label
    {
        let granted = Set(grantees.map(\.id))
        let candidates = accounts.filter { !granted.contains($0.id) && !$0.isDisabled }
        return .init(
            id: label.id.string, name: label.name, isUnredacted: label.redaction.leavesVisible.count == 2,
            presets: options(label.redaction.preset, words), hasGrants: !grantees.isEmpty,
            grants: grantees.map {
                .init(
                    id: $0.id.string, account: $0.name, role: words("roles.\($0.role.rawValue)"),
                    label: label.id.string, withdraw: words("labels.withdrawFrom", ["name": $0.name]))
            },
            hasCandidates: !candidates.isEmpty, candidates: candidates.map { PageOption($0.id.string, $0.name) })
    }

    private func options(_ selected: RedactionPreset, _ words: PageWords) -> [PageOption] {
        Self.presets.map { PageOption($0.rawValue, words("labels.preset_\($0.rawValue)"), isSelected: $0 == selected) }
    }
}

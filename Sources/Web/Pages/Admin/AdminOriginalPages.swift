import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// What becomes of originals, label by label, and the keys that they are sealed to: for administrators.
struct AdminOriginalPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: AdminContext.self)
        group.get("admin/originals", use: list)
        group.post("admin/originals/keys", use: addKey)
        group.post("admin/labels/:label/originals", use: setRule)
        group.post("admin/labels/:label/originals/discard", use: discard)
    }

    private var administration: OriginalsAdministration { OriginalsAdministration(catalogue: services.catalogue) }

    private struct Content: Sendable {
        struct Key: Sendable {
            let name: String
            let id: String
            let publicKey: String
        }

        /// One of the three policies, with what it means.
        struct Choice: Sendable {
            let value: String
            let text: String
            let meaning: String
            let isSelected: Bool
        }

        struct Label: Sendable {
            let id: String
            let name: String
            let choices: [Choice]
            let hasKeys: Bool
            let keys: [PageOption]
            let days: String
            let takesRaw: Bool
            let hasStored: Bool
            let stored: String
        }

        let menu: AdminMenu
        let notice: PageNotice?
        let hasKeys: Bool
        let keys: [Key]
        let hasLabels: Bool
        let labels: [Label]
    }

    @Sendable private func list(_ request: Request, _ context: AdminContext) async throws -> Response {
        let words = try renderer.words(context.language)
        return try await page(context, notice: .said(Query(request.uri.query), words))
    }

    @Sendable private func addKey(_ request: Request, _ context: AdminContext) async throws -> Response {
        let form = try await PageForm(request)
        return try await attempt(context) {
            _ = try await administration.addKey(name: form["name"], publicKey: form["key"], by: context.viewer)
            return "originals.saved"
        }
    }

    @Sendable private func setRule(_ request: Request, _ context: AdminContext) async throws -> Response {
        let form = try await PageForm(request)
        let id = try context.labelID()
        guard let policy = OriginalsPolicy(rawValue: form["policy"]) else {
            throw Failure(.invalid, "There is no such policy.")
        }
        return try await attempt(context) {
            let days = form["days"].trimmingCharacters(in: .whitespaces)
            // What is no number is out of bounds as well.
            let wish = OriginalsAdministration.Wish(
                policy: policy, key: form["key"], days: days.isEmpty ? nil : Int(days) ?? 0,
                takesRaw: form["asks"] == "raw" ? form["raw"] == "on" : nil)
            _ = try await administration.setRule(wish, of: id, by: context.viewer)
            return "originals.saved"
        }
    }

    @Sendable private func discard(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.labelID()
        return try await attempt(context) {
            _ = try await administration.discardStored(of: id, by: context.viewer)
            return "originals.discarded"
        }
    }

    /// Redirects after success, with what is to be said; else the same page says what to do.
    private func attempt(_ context: AdminContext, _ work: () async throws -> String) async throws -> Response {
        do {
            return .redirect(seeOther: "/admin/originals?said=\(try await work())")
        } catch let failure as Failure where failure.code == .conflict || failure.code == .unprocessable {
            let words = try renderer.words(context.language)
            let reason = failure.code == .conflict ? "key_taken" : failure.details["reason"] ?? "bad_key"
            return try await page(context, notice: .bad(words("originals.\(reason)")))
        }
    }

    private func page(_ context: AdminContext, notice: PageNotice?) async throws -> Response {
        let words = try renderer.words(context.language)
        let keys = try await services.catalogue.sealingKeys.list()
        var labels: [Content.Label] = []
        for label in try await services.catalogue.labels.list(viewer: context.viewer) {
            let rule = try await services.catalogue.originals.rule(of: label.id)
            let stored = try await services.catalogue.originals.count(of: label.id)
            labels.append(view(label, rule, keys, stored: stored, words))
        }
        let content = Content(
            menu: AdminTabs.originals.menu(words), notice: notice, hasKeys: !keys.isEmpty,
            keys: keys.map { .init(name: $0.name, id: $0.id, publicKey: $0.publicKey) }, hasLabels: !labels.isEmpty,
            labels: labels)
        return try renderer.response(
            .originals, title: words("admin.originals"), path: AdminTabs.originals.path, visitor: PageVisitor(context),
            content: content, status: notice?.tone == "bad" ? .unprocessableContent : .ok)
    }

    private func view(
        _ label: CameraLabel, _ rule: OriginalsRule, _ keys: [SealingKey], stored: Int, _ words: PageWords
    ) -> Content.Label {
        .init(
            id: label.id.string, name: label.name,
            choices: OriginalsPolicy.allCases.map { policy in
                .init(
                    value: policy.rawValue, text: words("originals.\(policy.rawValue)"),
                    meaning: words("originals.\(policy.rawValue)Means"), isSelected: policy == rule.policy)
            },
            hasKeys: !keys.isEmpty, keys: keys.map { PageOption($0.id, $0.name, isSelected: $0.id == rule.keyID) },
            days: rule.days.map { "\($0)" } ?? "", takesRaw: rule.takesRaw, hasStored: stored > 0,
            stored: words("originals.stored", count: stored))
    }
}

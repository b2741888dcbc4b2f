import Catalogue
import Domain
import Foundation
import Hummingbird

/// How long files are kept, label by label, and what would go: for administrators.
struct AdminRetentionPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: AdminContext.self)
        group.get("admin/retention", use: list)
        group.post("admin/labels/:label/retention", use: change)
    }

    private var administration: RetentionAdministration { RetentionAdministration(catalogue: services.catalogue) }

    private struct Content: Sendable {
        struct Class: Sendable {
            let name: String
            let text: String
            let meaning: String
            let days: String
            let size: String
            /// What goes now, in a sentence.
            let outcome: String?
        }

        struct Label: Sendable {
            let id: String
            let name: String
            let classes: [Class]
            let isPreview: Bool
        }

        let menu: AdminMenu
        let notice: PageNotice?
        let hasLabels: Bool
        let labels: [Label]
    }

    /// What somebody has typed, before it is a rule.
    private struct Draft: Sendable {
        let label: CameraLabelID
        let rules: [RetentionRule]
    }

    @Sendable private func list(_ request: Request, _ context: AdminContext) async throws -> Response {
        let words = try renderer.words(context.language)
        return try await page(context, notice: .said(Query(request.uri.query), words))
    }

    @Sendable private func change(_ request: Request, _ context: AdminContext) async throws -> Response {
        let form = try await PageForm(request)
        let id = try context.labelID()
        let words = try renderer.words(context.language)
        _ = try await services.catalogue.labelWatches.find(id)
        do {
            let rules = try administration.rules(Self.limits(form), of: id)
            guard form["action"] == "save" else {
                return try await page(context, notice: nil, draft: Draft(label: id, rules: rules))
            }
            try await administration.set(rules, of: id, by: context.viewer)
            return .redirect(seeOther: "\(AdminTabs.retention.path)?said=retention.saved")
        } catch let failure as Failure where failure.code == .unprocessable {
            return try await page(context, notice: .bad(words("retention.bad_rule")))
        }
    }

    private static func limits(_ form: PageForm) -> [RetentionRule.Class: RetentionAdministration.Limits] {
        Dictionary(
            uniqueKeysWithValues: RetentionRule.Class.allCases.map { what in
                let days = form["\(what.rawValue)-days"].trimmingCharacters(in: .whitespaces)
                let size = form["\(what.rawValue)-size"].trimmingCharacters(in: .whitespaces)
                    .replacing(",", with: ".")
                // What is no number is out of bounds as well.
                let gigabytes = size.isEmpty ? nil : Double(size).flatMap { (0...1e9).contains($0) ? $0 : nil } ?? -1
                return (
                    what,
                    .init(
                        days: days.isEmpty ? nil : Int(days) ?? 0,
                        bytes: gigabytes.map { $0 < 0 ? -1 : Int64(($0 * 1e9).rounded()) })
                )
            })
    }

    private func page(_ context: AdminContext, notice: PageNotice?, draft: Draft? = nil) async throws -> Response {
        let words = try renderer.words(context.language)
        let known = try await services.catalogue.retention.rules()
        var labels: [Content.Label] = []
        for label in try await services.catalogue.labels.list(viewer: context.viewer) {
            let isPreview = draft?.label == label.id
            let rules = draft.flatMap { isPreview ? $0.rules : nil } ?? known.filter { $0.labelID == label.id }
            let plans = try await administration.plans(rules)
            labels.append(
                .init(
                    id: label.id.string, name: label.name,
                    classes: RetentionRule.Class.allCases.map { what in
                        view(what, plans.first { $0.rule.what == what }, isPreview: isPreview, words)
                    }, isPreview: isPreview))
        }
        let content = Content(
            menu: AdminTabs.retention.menu(words), notice: notice, hasLabels: !labels.isEmpty, labels: labels)
        return try renderer.response(
            .retention, title: words("admin.retention"), path: AdminTabs.retention.path,
            visitor: PageVisitor(context), content: content,
            status: notice?.tone == "bad" ? .unprocessableContent : .ok)
    }

    private func view(
        _ what: RetentionRule.Class, _ plan: RetentionPlan?, isPreview: Bool, _ words: PageWords
    ) -> Content.Class {
        let rule = plan?.rule
        return .init(
            name: what.rawValue, text: words("retention.\(what.rawValue)"),
            meaning: words("retention.\(what.rawValue)Means"), days: rule?.days.map { "\($0)" } ?? "",
            size: rule?.bytes.map { DecimalText.text(Double($0) / 1e9, places: 9) } ?? "",
            outcome: plan.map { outcome($0, isPreview: isPreview, words) })
    }

    private func outcome(_ plan: RetentionPlan, isPreview: Bool, _ words: PageWords) -> String {
        let size = PageFormat(words.language).bytes(plan.bytes)
        let key = isPreview ? "retention.would" : "retention.goes"
        var text = plan.count == 0 ? words("retention.nothing") : words(key, count: plan.count, ["size": size])
        if let from = plan.from, let to = plan.to {
            text += " " + words("retention.arrived", ["from": PageTime(from).text, "to": PageTime(to).text])
        }
        guard plan.owed > 0 else { return text }
        guard plan.count > 0 else { return words("retention.owedAlone", count: plan.owed) }
        text += " " + words("retention.owed", count: plan.owed)
        return text
    }
}

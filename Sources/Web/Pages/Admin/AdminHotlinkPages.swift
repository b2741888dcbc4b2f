import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Which labels show their newest picture to everybody: for administrators.
struct AdminHotlinkPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: AdminContext.self)
        group.get("admin/hotlinks", use: list)
        group.post("admin/labels/:label/hotlink", use: change)
    }

    private struct Content: Sendable {
        struct Label: Sendable {
            let id: String
            let name: String
            let isEnabled: Bool
            let leavesVisible: Bool
            let minutes: String
            let addresses: [String]
            let preview: String
        }

        let menu: AdminMenu
        let notice: PageNotice?
        let hasLabels: Bool
        let labels: [Label]
    }

    @Sendable private func list(_ request: Request, _ context: AdminContext) async throws -> Response {
        let words = try renderer.words(context.language)
        return try await page(context, notice: .said(Query(request.uri.query), words))
    }

    @Sendable private func change(_ request: Request, _ context: AdminContext) async throws -> Response {
        let form = try await PageForm(request)
        let id = try context.labelID(), minutes = form["minutes"].trimmingCharacters(in: .whitespaces)
        do {
            // What is no number is out of bounds as well.
            let seconds = minutes.isEmpty ? nil : (Int(minutes) ?? 0).multipliedReportingOverflow(by: 60).partialValue
            let hotlink = try Hotlink(isEnabled: form["enabled"] == "yes", newestWithin: seconds)
            try await HotlinkAdministration(catalogue: services.catalogue).set(
                hotlink, of: id, confirmsPublic: form["confirm"] == "yes", by: context.viewer)
            return .redirect(seeOther: "/admin/hotlinks?said=hotlinks.saved")
        } catch let failure as Failure where failure.code == .unprocessable {
            let words = try renderer.words(context.language)
            let key = failure.details["reason"] ?? "newest_within"
            return try await page(context, notice: .bad(words("hotlinks.\(key)")))
        }
    }

    private func page(_ context: AdminContext, notice: PageNotice?) async throws -> Response {
        let words = try renderer.words(context.language)
        var labels: [Content.Label] = []
        for label in try await services.catalogue.labels.list(viewer: context.viewer) {
            let hotlink = try await services.catalogue.hotlinks.find(label.id)
            let paths = HotlinkAdministration.paths(of: label)
            labels.append(
                .init(
                    id: label.id.string, name: label.name, isEnabled: hotlink.isEnabled,
                    leavesVisible: !label.redaction.leavesVisible.isEmpty,
                    minutes: hotlink.newestWithin.map { "\($0 / 60)" } ?? "",
                    addresses: paths.map { context.baseURL + $0 }, preview: paths.last ?? ""))
        }
        let content = Content(
            menu: AdminTabs.hotlinks.menu(words), notice: notice, hasLabels: !labels.isEmpty, labels: labels)
        return try renderer.response(
            .hotlinks, title: words("admin.hotlinks"), path: AdminTabs.hotlinks.path, visitor: PageVisitor(context),
            content: content, status: notice?.tone == "bad" ? .unprocessableContent : .ok)
    }
}

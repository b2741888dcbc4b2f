import Catalogue
import Domain
import Foundation
import Hummingbird

/// The extract of OpenStreetMap that is loaded, and links to its ways. A script loads and links by the API.
struct AdminWayPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let admin = router.group(context: AdminContext.self)
        admin.get("admin/ways", use: show)
        admin.post("admin/ways/delete", use: remove)
    }

    private struct Content: Sendable {
        let menu: AdminMenu
        let notice: PageNotice?
        let hasExtract: Bool
        let name: String
        let ways: String
        let loaded: PageTime?
        let labels: [String]
        let distance: String
    }

    @Sendable private func show(_ request: Request, _ context: AdminContext) async throws -> Response {
        let words = try renderer.words(context.language)
        let extract = try await services.catalogue.ways.current()
        let labels = try await services.catalogue.labels.list(viewer: context.viewer)
        let content = Content(
            menu: AdminTabs.ways.menu(words), notice: .said(Query(request.uri.query), words),
            hasExtract: extract != nil, name: extract?.name ?? "",
            ways: PageFormat(words.language).number(extract?.ways ?? 0), loaded: extract.map { PageTime($0.loadedAt) },
            labels: labels.map(\.name), distance: String(Int(WayLinking.usualDistance)))
        return try renderer.response(
            .ways, title: words("ways.title"), path: AdminTabs.ways.path, visitor: PageVisitor(context),
            content: content)
    }

    @Sendable private func remove(_ request: Request, _ context: AdminContext) async throws -> Response {
        try await services.catalogue.ways.remove(by: context.viewer, at: services.clock())
        return .redirect(seeOther: "\(AdminTabs.ways.path)?said=ways.removed")
    }
}

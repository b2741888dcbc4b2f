import Catalogue
import Domain
import Foundation
import Hummingbird

/// Areas where nothing may be shown, on a map: the instance's and one's own. A script draws and adds them by the API.
struct AreaPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let admin = router.group(context: AdminContext.self)
        admin.get("admin/areas", use: showGeneral)
        admin.post("admin/areas/:area/delete", use: removeGeneral)
        let own = router.group(context: SignedInContext.self)
        own.get("account/areas", use: showOwn)
        own.post("account/areas/:area/delete", use: removeOwn)
    }

    private struct Content: Sendable {
        struct Row: Sendable {
            let id: String
            let name: String
            let corners: String
            let kind: String
            let audience: String
            let action: String
            let question: String
        }

        let title: String
        let lead: String
        let menu: AdminMenu?
        let notice: PageNotice?
        /// Where the script sends a new area, and where it reads those that are there.
        let endpoint: String
        let source: String
        let isGeneral: Bool
        let hasAreas: Bool
        let areas: [Row]
    }

    private var administration: AreaAdministration { AreaAdministration(catalogue: services.catalogue) }
    private static let ownPath = "/account/areas"

    @Sendable private func showGeneral(_ request: Request, _ context: AdminContext) async throws -> Response {
        let words = try renderer.words(context.language)
        let areas = try await services.catalogue.areas.list(onlyPublic: false)
        let endpoint = "/api/configuration/excluded_areas"
        let content = Content(
            title: words("admin.areas"), lead: words("areas.adminLead"),
            menu: AdminTabs.areas.menu(words), notice: notice(request, words), endpoint: endpoint,
            source: "\(endpoint)?all=true", isGeneral: true, hasAreas: !areas.isEmpty,
            areas: areas.map { row($0, AdminTabs.areas.path, words) })
        return try renderer.response(
            .areas, title: words("areas.title"), path: AdminTabs.areas.path, visitor: PageVisitor(context),
            content: content)
    }

    @Sendable private func showOwn(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let words = try renderer.words(context.language)
        let areas = try await services.catalogue.areas.list(of: context.account.id)
        let endpoint = "/api/users/me/excluded_areas"
        let content = Content(
            title: words("areas.mine"), lead: words("areas.mineLead"), menu: nil,
            notice: notice(request, words), endpoint: endpoint, source: endpoint, isGeneral: false,
            hasAreas: !areas.isEmpty, areas: areas.map { row($0, Self.ownPath, words) })
        return try renderer.response(
            .ownAreas, title: words("areas.mine"), path: Self.ownPath, visitor: PageVisitor(context), content: content)
    }

    @Sendable private func removeGeneral(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.identifier("area", of: "area", as: ExcludedAreaID.self)
        _ = try await administration.delete(id, of: nil, by: context.viewer)
        return .redirect(seeOther: "\(AdminTabs.areas.path)?said=areas.deleted")
    }

    @Sendable private func removeOwn(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("area", of: "area", as: ExcludedAreaID.self)
        _ = try await administration.delete(id, of: context.account.id, by: context.viewer)
        return .redirect(seeOther: "\(Self.ownPath)?said=areas.deleted")
    }

    private func row(_ area: ExcludedArea, _ path: String, _ words: PageWords) -> Content.Row {
        // The closing point of each ring is the first once more.
        let corners = area.shape.polygons.reduce(0) { sum, polygon in
            ([polygon.outline] + polygon.holes).reduce(sum) { $0 + $1.points.count - 1 }
        }
        return .init(
            id: area.id.string, name: area.label, corners: words("areas.corners", count: corners),
            kind: words("areas.\(area.kind.rawValue)"),
            audience: words(area.isPublic ? "areas.public" : "areas.private"), action: "\(path)/\(area.id)/delete",
            question: words("areas.deleteQuestion", ["name": area.label]))
    }

    /// After the script has added an area it comes back with the number of pictures that it hides.
    private func notice(_ request: Request, _ words: PageWords) -> PageNotice? {
        let query = Query(request.uri.query)
        if let count = query["added"].flatMap({ Int($0) }), count >= 0 {
            return .good(words("areas.added", count: count))
        }
        return .said(query, words)
    }
}

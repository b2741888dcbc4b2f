import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Reports: whoever sees a picture may say that something is wrong with it, and it is hidden at once.
struct ReportRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        router.group(context: ReaderContext.self).post("api/reports", use: make)
        let group = router.group(context: SignedInContext.self)
        group.get("api/reports/:report", use: show)
        group.patch("api/reports/:report", use: edit)
        group.get("api/users/me/reports", use: listMine)
        router.group(context: AdminContext.self).get("api/reports", use: listAll)
    }

    private var catalogue: Catalogue { services.catalogue }
    private var handling: ReportHandling { ReportHandling(catalogue: catalogue) }

    @Sendable private func make(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let draft = try await request.decodeJSON(ReportRequest.self).draft()
        let quota = HourlyQuota(
            .reports, of: AddressBlock.asker(context.viewer, context.clientAddress),
            limit: services.configuration.reportsPerHour)
        let report = try await catalogue.reports.make(draft, viewer: context.viewer, quota: quota, at: services.clock())
        services.wake()
        return .json(ReportDocument(report: report, showsEmail: true).json, status: .created)
    }

    @Sendable private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("report", of: "report", as: ReportID.self)
        return .json(try await document(handling.find(id, context.viewer), context.viewer))
    }

    /// The maker's words, an answer, and the end of it, in this order.
    @Sendable private func edit(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("report", of: "report", as: ReportID.self)
        _ = try await handling.find(id, context.viewer)
        let body = try await request.decodeJSON(ReportRequest.self)
        let closing = try body.closing()
        if body.reporterComments != nil {
            try await handling.reword(id, body.reporterComments, by: context.viewer)
        }
        if body.resolverComments != nil {
            try await handling.answer(id, body.resolverComments, by: context.viewer)
        }
        if let closing { try await handling.restore(id, as: closing, by: context.viewer) }
        services.wake()
        return .json(try await document(handling.find(id, context.viewer), context.viewer))
    }

    @Sendable private func listMine(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await list(.own, "\(context.baseURL)/api/users/me/reports", request, context.viewer, context.baseURL)
    }

    @Sendable private func listAll(_ request: Request, _ context: AdminContext) async throws -> Response {
        try await list(.handled, "\(context.baseURL)/api/reports", request, context.viewer, context.baseURL)
    }

    private func list(
        _ scope: ReportQuery.Scope, _ url: String, _ request: Request, _ viewer: Viewer, _ base: String
    ) async throws -> Response {
        let query = try Query(request, allowing: ReportFilter.parameters.union(["limit", "page"]))
        let limit = try query.integer("limit", default: 100, in: 1...1000)
        let cursor = Cursor(keys: services.tokenSigner.keys)
        let filter = try ReportFilter.expression(query, viewer: viewer)
        var wanted = ReportQuery(scope, filter: filter, limit: limit + 1)
        if let page = query["page"] {
            let last = ReportID(stored: try cursor.open(page, kind: "reports"))
            guard let before = try await catalogue.reports.find(last, viewer: viewer) else { throw Cursor.outdated }
            wanted.before = before
        }
        let rows = try await catalogue.reports.list(wanted, viewer: viewer)
        var documents: [JSON] = []
        for row in rows.prefix(limit) { documents.append(try await document(row.report, viewer)) }
        var links = [Link(rel: "self", href: url), Link(rel: "root", href: "\(base)/api")]
        if rows.count > limit {
            let page = cursor.seal(rows[limit - 1].report.id.string, kind: "reports")
            links.append(Link(rel: "next", href: "\(url)?limit=\(limit)\(ReportFilter.echo(query))&page=\(page)"))
        }
        return .json(["reports": .array(documents), "links": .links(links)])
    }

    private func document(_ report: Report, _ viewer: Viewer) async throws -> JSON {
        let rights = try await handling.rights(report, viewer)
        return ReportDocument(report: report, showsEmail: rights.mayDecide || rights.mayReword).json
    }
}

import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// Counts the reports that wait for who opens a page, for the badge at its top.
struct ReportBadge: RouterMiddleware {
    typealias Context = WebContext

    let catalogue: Catalogue

    func handle(_ request: Request, context: WebContext, next: NextHandler) async throws -> Response {
        var context = context
        if context.account != nil, !request.uri.path.hasPrefix("/api") {
            context.openReports = try await catalogue.reports.openCount(viewer: context.viewer)
        }
        return try await next(request, context)
    }
}

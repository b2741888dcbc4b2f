import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// The queue of reports: what is hidden, why, and what to do about it.
struct ReportPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.get("reports", use: list)
        group.post("reports/:report/answer", use: answer)
        group.post("reports/:report/restore", use: restore)
        group.post("reports/:report/delete", use: remove)
    }

    private static let reportsOnPage = 25
    private var handling: ReportHandling { ReportHandling(catalogue: services.catalogue) }

    /// Which reports are listed; the raw value is that of `show`.
    private enum Choice: String, CaseIterable {
        case open, closed, made

        var path: String { "/reports?show=\(rawValue)" }

        var query: ReportQuery {
            switch self {
            case .open: ReportQuery(.handled, isOpen: true)
            case .closed: ReportQuery(.handled, isOpen: false)
            case .made: ReportQuery(.made)
            }
        }
    }

    private struct Content: Sendable {
        let lead: String
        let notice: PageNotice?
        let tabs: [PageTab]
        let hasReports: Bool
        let reports: [ReportCard]
        let older: String?
        let none: String
    }

    @Sendable private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let words = try renderer.words(context.language)
        let query = Query(request.uri.query)
        return try await page(
            context, choice: Choice(rawValue: query["show"] ?? "") ?? first(context), before: query["before"],
            notice: .said(query, words))
    }

    /// Who has nothing to handle comes to see what became of their own.
    private func first(_ context: SignedInContext) -> Choice {
        context.account.role.mayUpload || context.openReports > 0 ? .open : .made
    }

    @Sendable private func answer(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let (id, form) = (try id(context), try await PageForm(request))
        return try await attempt(context, said: "reports.answered") {
            try await handling.answer(id, form["answer"], by: context.viewer)
        }
    }

    @Sendable private func restore(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let (id, form) = (try id(context), try await PageForm(request))
        let report = try await handling.find(id, context.viewer)
        guard let status = Report.Status(rawValue: form["status"]), status != .waiting else {
            throw Failure(.invalid, "The form does not say how the report ends.")
        }
        let response = try await attempt(context, said: "reports.restored") {
            try await handling.restore(id, as: status, by: context.viewer)
        }
        guard response.status == .seeOther, try await isStillHidden(report, context.viewer) else { return response }
        return .redirect(seeOther: "/reports?said=reports.stillHidden")
    }

    /// By another report.
    private func isStillHidden(_ report: Report, _ viewer: Viewer) async throws -> Bool {
        if let id = report.pictureID {
            return try await services.catalogue.pictures.find(id, viewer: viewer)?.isHidden == true
        }
        guard let id = report.sequenceID else { return false }
        return try await services.catalogue.sequences.find(id, viewer: viewer)?.isHidden == true
    }

    @Sendable private func remove(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try id(context)
        return try await attempt(context, said: "reports.deleted") {
            try await handling.deletePictures(id, by: context.viewer)
        }
    }

    /// Redirects after success; else the queue says what to do first.
    private func attempt(_ context: SignedInContext, said key: String, _ work: () async throws -> Void) async throws
        -> Response
    {
        do {
            try await work()
            services.wake()
            return .redirect(seeOther: "/reports?said=\(key)")
        } catch let failure as Failure where failure.code == .conflict || failure.code == .unprocessable {
            let words = try renderer.words(context.language)
            let key =
                switch failure.details["reason"] {
                case "redact_first": "reports.redactFirst"
                case "closed": "reports.closedAlready"
                default: "reports.tooLong"
                }
            return try await page(context, choice: .open, before: nil, notice: .bad(words(key)))
        }
    }

    private func id(_ context: SignedInContext) throws -> ReportID {
        try context.identifier("report", of: "report", as: ReportID.self)
    }

    private func page(
        _ context: SignedInContext, choice: Choice, before: String?, notice: PageNotice?
    ) async throws -> Response {
        let words = try renderer.words(context.language)
        var query = choice.query
        query.limit = Self.reportsOnPage + 1
        if let last = before.flatMap({ ReportID($0) }) {
            query.before = try await services.catalogue.reports.find(last, viewer: context.viewer)
        }
        let found = try await services.catalogue.reports.list(query, viewer: context.viewer)
        let shown = found.prefix(Self.reportsOnPage)
        var cards: [ReportCard] = []
        for each in shown {
            let rights = try await handling.rights(each.report, context.viewer)
            cards.append(ReportCard(each, rights, words))
        }
        let content = Content(
            lead: words(choice == .made ? "reports.leadMade" : "reports.lead"), notice: notice,
            tabs: Choice.allCases.map {
                PageTab(href: $0.path, text: words("reports.tab_\($0.rawValue)"), isCurrent: $0 == choice)
            },
            hasReports: !cards.isEmpty, reports: cards,
            older: found.count > shown.count
                ? shown.last.map { "\(choice.path)&before=\($0.report.id)" } : nil,
            none: words("reports.none_\(choice.rawValue)"))
        return try renderer.response(
            .reports, title: words("reports.title"), path: choice.path, visitor: PageVisitor(context),
            content: content, status: notice?.tone == "bad" ? .unprocessableContent : .ok)
    }
}

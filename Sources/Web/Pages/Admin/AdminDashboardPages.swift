import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Figures over time, for administrators. The plots are a script's; their numbers are in tables for everybody.
struct AdminDashboardPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        router.group(context: AdminContext.self).get("admin", use: show)
    }

    private static let spans = [7, 30, 90, 365]

    private struct Content: Sendable {
        struct Figure: Sendable {
            let name: String
            let value: String
            let href: String
        }

        struct Label: Sendable {
            let name: String
            let href: String
            let text: String
            let last: PageTime?
        }

        struct Name: Sendable { let name: String }

        struct Arrival: Sendable {
            let date: String
            let all: String
            let counts: [Cell]
        }

        struct Cell: Sendable { let count: String }

        struct Day: Sendable {
            let date: String
            let queue: String
            let seconds: String
            let pictureBytes: String
            let originalBytes: String
            let diskFree: String
        }

        let menu: AdminMenu
        let days: String
        let spans: [PageTab]
        let figures: [Figure]
        let isAnyoneSilent: Bool
        let silent: [Label]
        let hasPictures: Bool
        let labels: [Name]
        let arrivals: [Arrival]
        let hasSamples: Bool
        let rows: [Day]
        let openAlerts: String?
    }

    @Sendable private func show(_ request: Request, _ context: AdminContext) async throws -> Response {
        let words = try renderer.words(context.language)
        let query = Query(request.uri.query)
        let days = Self.spans.first { "\($0)" == query["days"] } ?? 30
        let now = services.clock()
        let report = try await InstanceReport(of: DaySpan(last: days, upTo: now), at: now, services.catalogue)
        let open = try await services.catalogue.alerts.list(limit: 100).filter(\.isOpen).count
        let content = Content(
            menu: AdminTabs.dashboard.menu(words), days: "\(days)",
            spans: Self.spans.map {
                PageTab(
                    href: "/admin?days=\($0)", text: words("dashboard.span", count: $0), isCurrent: $0 == days)
            },
            figures: try await figures(report, words),
            isAnyoneSilent: !report.silent.isEmpty, silent: report.silent.map { silent($0, words) },
            hasPictures: !report.arrivals.isEmpty, labels: report.arrivals.map { .init(name: $0.label) },
            arrivals: arrivals(report, words), hasSamples: report.days.contains { $0.queue != nil },
            rows: rows(report, words), openAlerts: open > 0 ? words("dashboard.alerts", count: open) : nil)
        return try renderer.response(
            .dashboard, title: words("admin.dashboard"), path: "/admin?days=\(days)", visitor: PageVisitor(context),
            content: content)
    }

    /// What counts now.
    private func figures(_ report: InstanceReport, _ words: PageWords) async throws -> [Content.Figure] {
        let format = PageFormat(words.language)
        let catalogue = services.catalogue
        let jobs = try await catalogue.jobs.counts().values.reduce(0, +)
        let bytes = try await catalogue.samples.stored().reduce(0) { $0 + $1.bytes }
        let broken = try await catalogue.pictures.brokenCount()
        let today = report.days.last?.pictures ?? 0
        let disk = services.diskSpace
        return [
            .init(name: words("dashboard.today"), value: format.number(today), href: "/uploads"),
            .init(name: words("dashboard.queueNow"), value: format.number(jobs), href: AdminTabs.jobs.path),
            .init(name: words("dashboard.broken"), value: format.number(broken), href: "\(AdminTabs.jobs.path)#broken"),
            .init(name: words("dashboard.stored"), value: format.bytes(bytes), href: AdminTabs.status.path),
            .init(
                name: words("dashboard.diskFree"), value: disk.map { format.bytes($0.free) } ?? "–",
                href: AdminTabs.status.path),
        ]
    }

    private func silent(_ label: InstanceReport.SilentLabel, _ words: PageWords) -> Content.Label {
        let hours = PageFormat(words.language).number(label.rhythm / 3600, digits: 1)
        return .init(
            name: label.name, href: "\(AdminTabs.alerts.path)#label-\(label.id)",
            text: words("dashboard.rhythm", ["hours": hours]), last: label.lastArrival.map { PageTime($0) })
    }

    /// The newest day first, as one looks for it.
    private func arrivals(_ report: InstanceReport, _ words: PageWords) -> [Content.Arrival] {
        let format = PageFormat(words.language)
        return report.days.enumerated().reversed().map { index, day in
            .init(
                date: day.date, all: format.number(day.pictures),
                counts: report.arrivals.map { .init(count: format.number($0.pictures[index])) })
        }
    }

    private func rows(_ report: InstanceReport, _ words: PageWords) -> [Content.Day] {
        let format = PageFormat(words.language)
        func bytes(_ value: Int64?) -> String { value.map { format.bytes($0) } ?? "–" }
        return report.days.reversed().filter { $0.queue != nil }.map { day in
            .init(
                date: day.date, queue: day.queue.map { format.number($0) } ?? "–",
                seconds: day.secondsAPicture.map { format.number($0, digits: 2) } ?? "–",
                pictureBytes: bytes(day.pictureBytes), originalBytes: bytes(day.originalBytes),
                diskFree: bytes(day.diskFree))
        }
    }
}

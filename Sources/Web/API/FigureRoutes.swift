import Catalogue
import Domain
import Hummingbird

/// Counts for dashboards, with the names that Panoramax gives them; for administrators.
struct FigureRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let group = router.group(context: AdminContext.self)
        group.get("api/admin/stats", use: instance)
        group.get("api/admin/reports/stats", use: reports)
    }

    @Sendable private func instance(_ request: Request, _ context: AdminContext) async throws -> Response {
        let figures = try await services.catalogue.figures.instance(at: services.clock())
        let statuses = PreparationStatus.allCases.map { ($0.wireName, figures.picturesByStatus[$0]) }
        let visibilities = Visibility.allCases.map { ($0.rawValue, figures.sequencesByVisibility[$0]) }
        let jobs = figures.jobs.sorted { $0.key < $1.key }.map { ($0.key, Optional($0.value)) }
        var pictures = Self.growth(figures.pictures)
        pictures["by_status"] = Self.counts(statuses)
        pictures["seconds_since_last_insert"] = Self.seconds(figures.sinceLastPicture)
        return .json([
            "accounts": .object(Self.growth(figures.accounts)), "pictures": .object(pictures),
            "sequences": [
                "total": .int(figures.sequences),
                "by_status": Self.counts([
                    ("ready", figures.sequencesReady), ("preparing", figures.sequences - figures.sequencesReady),
                ]),
                "by_visibility": Self.counts(visibilities),
            ],
            "jobs": [
                "by_task": Self.counts(jobs), "oldest_due_job_age_seconds": Self.seconds(figures.oldestDueJob),
            ],
        ])
    }

    @Sendable private func reports(_ request: Request, _ context: AdminContext) async throws -> Response {
        let figures = try await services.catalogue.figures.reports()
        let issues = Report.Status.allCases.compactMap { status in
            figures.counts[status].map { counts in
                let sorted = counts.map { ($0.key.rawValue, Optional($0.value)) }.sorted { $0.0 < $1.0 }
                return JSONObject.Member(name: status.rawValue, value: Self.counts(sorted))
            }
        }
        return .json([
            "total": .int(figures.total), "unresolved": .int(figures.count(.waiting)),
            "by_status": Self.counts(Report.Status.allCases.map { ($0.rawValue, figures.count($0)) }),
            "by_status_issue": .object(JSONObject(members: issues)),
        ])
    }

    private static func growth(_ growth: InstanceFigures.Growth) -> JSONObject {
        ["total": .int(growth.total), "new": counts(FigureStore.spans.map { ("\($0)d", growth.new[$0]) })]
    }

    private static func seconds(_ value: Double?) -> JSON { value.map { JSON.rounded($0, places: 3) } ?? .null }

    private static func counts(_ counts: [(String, Int?)]) -> JSON {
        .object(JSONObject(members: counts.map { .init(name: $0.0, value: .int($0.1 ?? 0)) }))
    }
}

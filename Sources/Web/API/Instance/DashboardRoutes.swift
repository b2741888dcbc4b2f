import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Figures over time, and what the store holds, for administrators.
struct DashboardRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let group = router.group(context: AdminContext.self)
        group.get("api/admin/figures", use: figures)
        group.get("api/admin/storage", use: storage)
    }

    /// Days are those of a clock `utc_offset` minutes ahead of UTC.
    @Sendable private func figures(_ request: Request, _ context: AdminContext) async throws -> Response {
        let query = try Query(request, allowing: ["days", "utc_offset"])
        let days = try query.integer("days", default: 30, in: 1...DaySpan.longest)
        let offset = try query.integer("utc_offset", default: 0, in: -840...840)
        let now = services.clock()
        let span = DaySpan(last: days, upTo: now, offset: offset)
        return .json(Self.json(try await InstanceReport(of: span, at: now, services.catalogue)))
    }

    private static func json(_ report: InstanceReport) -> JSON {
        [
            "from": .string(RFC3339.string(report.span.start)), "to": .string(RFC3339.string(report.span.end)),
            "utc_offset": .int(report.span.offset),
            "labels": .array(
                report.arrivals.map {
                    [
                        "id": .string($0.labelID.string), "name": .string($0.label),
                        "pictures": .array($0.pictures.map { .int($0) }),
                    ]
                }),
            "days": .array(report.days.map(json)), "samples": .array(report.samples.map(json)),
            "silent_labels": .array(
                report.silent.map {
                    [
                        "id": .string($0.id.string), "name": .string($0.name),
                        "last_arrival": .optional($0.lastArrival.map { RFC3339.string($0) }),
                        "rhythm_minutes": .rounded($0.rhythm / 60, places: 2),
                    ]
                }),
            "links": [],
        ]
    }

    private static func json(_ day: InstanceReport.Day) -> JSON {
        [
            "date": .string(day.date), "pictures": .int(day.pictures), "queue": day.queue.map { .int($0) } ?? .null,
            "cpu_seconds_a_picture": day.secondsAPicture.map { .rounded($0, places: 3) } ?? .null,
            "picture_bytes": bytes(day.pictureBytes), "original_bytes": bytes(day.originalBytes),
            "disk_free": bytes(day.diskFree),
        ]
    }

    private static func json(_ sample: InstanceSample) -> JSON {
        [
            "at": .string(RFC3339.string(sample.at)), "queue": .int(sample.jobs), "deliveries": .int(sample.deliveries),
            "pictures": .int(sample.pictures), "picture_bytes": .int(sample.pictureBytes),
            "original_bytes": .int(sample.originalBytes), "disk_free": bytes(sample.diskFree),
        ]
    }

    private static func bytes(_ value: Int64?) -> JSON { value.map { .int($0) } ?? .null }

    @Sendable private func storage(_ request: Request, _ context: AdminContext) async throws -> Response {
        let stored = try await services.catalogue.samples.stored()
        let disk = services.diskSpace
        return .json([
            "stored": .array(
                stored.map {
                    ["kind": .string($0.kind.rawValue), "files": .int($0.files), "bytes": .int($0.bytes)]
                }),
            "bytes": .int(stored.reduce(0) { $0 + $1.bytes }),
            "disk": disk.map { ["free": .int($0.free), "size": .int($0.size)] } ?? .null,
            "links": [],
        ])
    }
}

import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// What is amiss, and what is expected of labels: for administrators.
struct AlertRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let admin = router.group(context: AdminContext.self)
        admin.get("api/alerts", use: list)
        admin.post("api/alerts/:alert/acknowledge", use: acknowledge)
        admin.get("api/camera_labels/:label/watch", use: watch)
        admin.put("api/camera_labels/:label/watch", use: setWatch)
    }

    private var administration: AlertAdministration { AlertAdministration(catalogue: services.catalogue) }

    private func words(_ context: AdminContext) throws -> AlertWords {
        try AlertWords(context.language, folder: services.configuration.templatesFolder)
    }

    @Sendable private func list(_ request: Request, _ context: AdminContext) async throws -> Response {
        let query = try Query(request, allowing: ["limit"])
        let limit = try query.integer("limit", default: 100, in: 1...1000)
        let words = try words(context)
        let alerts = try await services.catalogue.alerts.list(limit: limit)
        let waiting = try await services.catalogue.alerts.waiting()
        let channels = services.configuration.alertChannels.map { name -> JSON in
            let channel = waiting.first { $0.channel == name }
            return [
                "name": .string(name), "waiting": .int(channel?.notices ?? 0), "problem": .optional(channel?.reason),
            ]
        }
        return .json([
            "alerts": .array(alerts.map { AlertDocument(alert: $0, words: words).json }),
            "channels": .array(channels), "links": [],
        ])
    }

    @Sendable private func acknowledge(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.identifier("alert", of: "alert", as: AlertID.self)
        let alert = try await administration.acknowledge(id, by: context.viewer)
        return .json(AlertDocument(alert: alert, words: try words(context)).json)
    }

    @Sendable private func watch(_ request: Request, _ context: AdminContext) async throws -> Response {
        .json(Self.json(try await services.catalogue.labelWatches.find(try context.labelID())))
    }

    private struct WatchRequest: Decodable {
        let rhythm: Double?
        let grace: Double?
        let positions: Int?

        enum CodingKeys: String, CodingKey {
            case rhythm = "rhythm_minutes"
            case grace = "grace_minutes"
            case positions = "positions_missing_percent"
        }
    }

    /// What is left out is expected no more.
    @Sendable private func setWatch(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.labelID()
        let body = try await request.decodeJSON(WatchRequest.self)
        let wish = AlertAdministration.Wish(
            rhythm: body.rhythm.map { $0 * 60 }, grace: body.grace.map { $0 * 60 }, positionsMissing: body.positions)
        return .json(Self.json(try await administration.watch(id, wish, by: context.viewer)))
    }

    private static func json(_ watch: LabelWatch) -> JSON {
        [
            "rhythm_minutes": watch.rhythm.map { .rounded($0 / 60, places: 2) } ?? .null,
            "grace_minutes": .rounded(watch.grace / 60, places: 2),
            "positions_missing_percent": watch.positionsMissing.map { .int($0) } ?? .null,
        ]
    }
}

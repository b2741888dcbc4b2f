import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// Comparing the destinations of a route with what is known of them: for administrators.
struct VerificationRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let admin = router.group(context: AdminContext.self)
        admin.get("api/routes/:route/verification", use: show)
        admin.post("api/routes/:route/verification", use: start)
    }

    private func route(_ context: AdminContext) async throws -> Route {
        let id = try context.identifier("route", of: "route", as: RouteID.self)
        guard let route = try await services.catalogue.routes.find(id) else { throw Failure.notFound("route") }
        return route
    }

    @Sendable private func show(_ request: Request, _ context: AdminContext) async throws -> Response {
        let route = try await route(context)
        guard let run = services.routeVerifying.last(route.id) else { throw Failure.notFound("verification") }
        return .json(json(run, services.sentences(context.language)))
    }

    private struct StartRequest: Decodable {
        let rehash: Bool?
        let repair: Bool?
    }

    /// Begins one, and answers before it is done.
    @Sendable private func start(_ request: Request, _ context: AdminContext) async throws -> Response {
        let route = try await route(context)
        let body = try await request.decodeJSON(StartRequest.self)
        let (rehash, repair) = (body.rehash ?? false, body.repair ?? false)
        let run = try services.routeVerifying.start(route.id, rehash, repair)
        try await services.catalogue.audit.record(
            "route.verified", by: context.viewer, subject: route.id.string,
            details: ["rehash": "\(rehash)", "repair": "\(repair)"], at: run.startedAt)
        return .json(json(run, services.sentences(context.language)), status: .accepted)
    }

    private func json(_ run: RouteComparison.Run, _ sentences: Sentences) -> JSON {
        [
            "state": .string(run.finishedAt == nil ? "running" : "done"),
            "in_line": run.finishedAt == nil ? .null : .bool(run.destinations.allSatisfy(\.isInLine)),
            "started_at": .string(RFC3339.string(run.startedAt)),
            "finished_at": .optional(run.finishedAt.map { RFC3339.string($0) }), "rehash": .bool(run.rehashes),
            "repair": .bool(run.repairs),
            "destinations": .array(
                run.destinations.map { place in
                    [
                        "number": .int(place.number), "known": .int(place.known), "listed": .int(place.listed),
                        "missing": .int(place.counts[.missing] ?? 0),
                        "different": .int(place.counts[.different] ?? 0),
                        "surplus": .int(place.counts[.surplus] ?? 0), "unsent": .int(place.counts[.unsent] ?? 0),
                        "queued": .int(place.queued), "problem": .optional(place.problem.map { sentences($0) }),
                    ]
                }),
            "findings": .array(
                run.findings.map { found in
                    [
                        "destination": .int(found.destination), "kind": .string(found.finding.kind.rawValue),
                        "name": .string(found.finding.name),
                    ]
                }),
            "links": [],
        ]
    }
}

import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// Rules for sending copies on: for administrators.
struct RouteRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let admin = router.group(context: AdminContext.self)
        admin.get("api/routes", use: list)
        admin.post("api/routes", use: create)
        admin.get("api/routes/:route", use: show)
        admin.patch("api/routes/:route", use: change)
        admin.delete("api/routes/:route", use: delete)
        admin.get("api/routes/:route/outbox", use: outbox)
        admin.post("api/routes/:route/retry", use: retry)
        admin.post("api/routes/:route/destinations/:number/check", use: check)
        admin.post("api/routes/:route/destinations/:number/refill", use: refill)
    }

    private var administration: RouteAdministration {
        RouteAdministration(catalogue: services.catalogue, support: services.routes)
    }

    @Sendable private func list(_ request: Request, _ context: AdminContext) async throws -> Response {
        let standings = try await administration.standings()
        return .json(["routes": .array(standings.map { RouteDocument(standing: $0).json }), "links": []])
    }

    @Sendable private func create(_ request: Request, _ context: AdminContext) async throws -> Response {
        let body = try await request.decodeJSON(RouteRequest.self)
        guard let names = body.labels else { throw Failure(.invalid, "The field 'camera_labels' is missing.") }
        let route = try body.route(try await administration.labels(names))
        let made = try await administration.create(route, by: context.viewer)
        var response = try await document(made.id, status: .created)
        response.headers[.location] = "\(context.baseURL)/api/routes/\(made.id)"
        return response
    }

    @Sendable private func show(_ request: Request, _ context: AdminContext) async throws -> Response {
        try await document(try context.routeID())
    }

    @Sendable private func change(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.routeID()
        _ = try await administration.find(id)
        let body = try await request.decodeJSON(RouteRequest.self)
        let labels: [CameraLabelID]? =
            if let names = body.labels { try await administration.labels(names) } else { nil }
        let copies = try Self.copies(body.copies)
        _ = try await administration.change(id, copies: copies, by: context.viewer) { try body.apply(to: &$0, labels) }
        return try await document(id)
    }

    @Sendable private func delete(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.routeID()
        let copies = try Self.copies(try Query(request, allowing: ["copies"])["copies"])
        let isGone = try await administration.delete(id, copies: copies, by: context.viewer)
        return try await isGone ? Response.noContent : document(id, status: .accepted)
    }

    private static func copies(_ text: String?) throws -> SentCopies? {
        guard let text else { return nil }
        guard let copies = SentCopies(rawValue: text) else {
            throw Failure(.invalid, "'copies' is withdraw or leave.")
        }
        return copies
    }

    /// What it owes, a page at a time.
    @Sendable private func outbox(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.routeID()
        _ = try await administration.find(id)
        let query = try Query(request, allowing: ["dead", "limit", "after"])
        guard ["true", "false", nil].contains(query["dead"]) else {
            throw Failure(.invalid, "'dead' is true or false.")
        }
        let limit = try query.integer("limit", default: 100, in: 1...1000)
        let letters = try await services.catalogue.outbox.letters(
            of: id, parked: query["dead"] == "true", after: try Self.place(query["after"]), limit: limit)
        let reasons = try await services.catalogue.outbox.setbacks(of: id)
        return .json(
            OutboxDocument(letters: letters, reasons: reasons, sentences: services.sentences(context.language)).json(
                limit: limit, address: "\(context.baseURL)/api/routes/\(id)/outbox", isDead: query["dead"] == "true"))
    }

    /// `number,picture`.
    private static func place(_ text: String?) throws -> (destination: Int, picture: PictureID)? {
        guard let text else { return nil }
        let parts = text.split(separator: ",")
        guard parts.count == 2, let number = Int(parts[0]), let picture = PictureID(String(parts[1])) else {
            throw Failure(.invalid, "'after' is not one that this server gave out.")
        }
        return (number, picture)
    }

    private struct RetryRequest: Decodable {
        let destination: Int?
        let picture: PictureID?
    }

    @Sendable private func retry(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.routeID()
        let body = request.hasBody ? try await request.decodeJSON(RetryRequest.self) : nil
        let count = try await administration.retry(
            id, destination: body?.destination, picture: body?.picture, by: context.viewer)
        return .json(["pictures": .int(count)])
    }

    @Sendable private func check(_ request: Request, _ context: AdminContext) async throws -> Response {
        let reason = try await administration.check(try context.routeID(), try context.destinationNumber())
        let sentences = services.sentences(context.language)
        return .json(["works": .bool(reason == nil), "reason": .optional(reason.map { sentences($0) })])
    }

    @Sendable private func refill(_ request: Request, _ context: AdminContext) async throws -> Response {
        try await administration.refill(
            try context.routeID(), try context.destinationNumber(), by: context.viewer)
        return .noContent
    }

    private func document(_ id: RouteID, status: HTTPResponse.Status = .ok) async throws -> Response {
        .json(RouteDocument(standing: try await administration.standing(id)).json, status: status)
    }
}

extension AdminContext {
    /// The route in the path.
    func routeID() throws -> RouteID { try identifier("route", of: "route", as: RouteID.self) }

    /// The number of a destination in the path.
    func destinationNumber() throws -> Int {
        guard let number = parameters.get("number").flatMap({ Int($0) }) else { throw Failure.notFound("destination") }
        return number
    }
}

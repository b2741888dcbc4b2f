import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// How long files are kept: for administrators.
struct RetentionRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let admin = router.group(context: AdminContext.self)
        admin.get("api/retention", use: plan)
        admin.get("api/camera_labels/:label/retention", use: show)
        admin.put("api/camera_labels/:label/retention", use: change)
    }

    private var administration: RetentionAdministration { RetentionAdministration(catalogue: services.catalogue) }

    /// What all rules would let go of now.
    @Sendable private func plan(_ request: Request, _ context: AdminContext) async throws -> Response {
        let rules = try await services.catalogue.retention.rules()
        return .json([
            "plan": .array(try await administration.plans(rules).map { RetentionDocument.json($0) }), "links": [],
        ])
    }

    @Sendable private func show(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.labelID()
        _ = try await services.catalogue.labelWatches.find(id)
        return .json(RetentionDocument.json(try await services.catalogue.retention.rules(of: id)))
    }

    private struct LimitsRequest: Decodable {
        let days: Int?
        let bytes: Int64?

        var limits: RetentionAdministration.Limits { .init(days: days, bytes: bytes) }
    }

    private struct RulesRequest: Decodable {
        let original: LimitsRequest?
        let raw: LimitsRequest?
        let picture: LimitsRequest?
    }

    /// What is left out has no limit from now on. With `dry_run` nothing is changed: the answer says what would go.
    @Sendable private func change(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.labelID()
        let query = try Query(request, allowing: ["dry_run"])
        let body = try await request.decodeJSON(RulesRequest.self)
        _ = try await services.catalogue.labelWatches.find(id)
        let rules = try administration.rules(
            [.original: body.original, .raw: body.raw, .picture: body.picture].compactMapValues { $0?.limits }, of: id)
        switch query["dry_run"] {
        case nil, "false": try await administration.set(rules, of: id, by: context.viewer)
        case "true":
            return .json([
                "plan": .array(try await administration.plans(rules).map { RetentionDocument.json($0) }), "links": [],
            ])
        default: throw Failure(.invalid, "'dry_run' is true or false.")
        }
        return .json(RetentionDocument.json(rules))
    }
}

import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// Which labels show their newest picture to everybody: for administrators.
struct HotlinkRuleRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let admin = router.group(context: AdminContext.self)
        admin.get("api/camera_labels/:label/hotlink", use: show)
        admin.put("api/camera_labels/:label/hotlink", use: change)
    }

    @Sendable private func show(_ request: Request, _ context: AdminContext) async throws -> Response {
        try await document(of: try context.labelID(), context)
    }

    private struct HotlinkRequest: Decodable {
        let enabled: Bool
        let newestWithin: Int?
        let confirmsPublic: Bool?

        enum CodingKeys: String, CodingKey {
            case enabled
            case newestWithin = "newest_within_seconds"
            case confirmsPublic = "confirm_public"
        }
    }

    @Sendable private func change(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.labelID(), body = try await request.decodeJSON(HotlinkRequest.self)
        try await HotlinkAdministration(catalogue: services.catalogue).set(
            Hotlink(isEnabled: body.enabled, newestWithin: body.newestWithin), of: id,
            confirmsPublic: body.confirmsPublic ?? false, by: context.viewer)
        return try await document(of: id, context)
    }

    private func document(of id: CameraLabelID, _ context: AdminContext) async throws -> Response {
        guard let label = try await services.catalogue.labels.find(id, viewer: context.viewer) else {
            throw Failure.notFound("camera label")
        }
        let hotlink = try await services.catalogue.hotlinks.find(id)
        return .json([
            "enabled": .bool(hotlink.isEnabled),
            "newest_within_seconds": hotlink.newestWithin.map { .int($0) } ?? .null,
            "addresses": .array(HotlinkAdministration.paths(of: label).map { .string(context.baseURL + $0) }),
        ])
    }
}

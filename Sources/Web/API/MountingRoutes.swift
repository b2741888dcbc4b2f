import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// How the camera of a label is mounted and set: for administrators.
struct MountingRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let admin = router.group(context: AdminContext.self)
        admin.get("api/camera_labels/:label/mounting", use: show)
        admin.put("api/camera_labels/:label/mounting", use: change)
    }

    @Sendable private func show(_ request: Request, _ context: AdminContext) async throws -> Response {
        guard let label = try await services.catalogue.labels.find(try context.labelID(), viewer: context.viewer) else {
            throw Failure.notFound("camera label")
        }
        return .json(Self.document(label.mounting))
    }

    private struct MountingRequest: Decodable {
        let relativeHeading: Double?
        let clockZone: String?

        enum CodingKeys: String, CodingKey {
            case relativeHeading = "relative_heading"
            case clockZone = "clock_zone"
        }
    }

    @Sendable private func change(_ request: Request, _ context: AdminContext) async throws -> Response {
        let body = try await request.decodeJSON(MountingRequest.self)
        let label = try await LabelAdministration(catalogue: services.catalogue).mount(
            try context.labelID(),
            try CameraMounting(relativeHeading: body.relativeHeading, clockZone: body.clockZone), by: context.viewer)
        return .json(Self.document(label.mounting))
    }

    private static func document(_ mounting: CameraMounting) -> JSON {
        [
            "relative_heading": mounting.relativeHeading.map { .double($0) } ?? .null,
            "clock_zone": mounting.clockZone.map { .string($0) } ?? .null,
        ]
    }
}

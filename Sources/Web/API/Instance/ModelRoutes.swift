import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// The models that look at pictures, and having an own one look at those that are here already.
struct ModelRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let group = router.group(context: AdminContext.self)
        group.get("api/admin/models", use: list)
        group.post("api/admin/models/:model/runs", use: run)
    }

    private var administration: ModelAdministration { ModelAdministration(services: services) }

    @Sendable private func list(_ request: Request, _ context: AdminContext) async throws -> Response {
        let own = try await administration.own()
        let labels = try await services.catalogue.labels.list(viewer: context.viewer)
        let states = try await services.catalogue.detections.looking()
        return .json([
            "models": .array(ModelAdministration.builtIn.map(Self.json) + own.map(Self.json)),
            "camera_labels": .array(
                labels.map { label in Self.json(label, states.first { $0.label == label.id }) }),
            "links": [],
        ])
    }

    private static func json(_ model: ModelAdministration.BuiltIn) -> JSON {
        [
            "name": .string(model.name), "is_own": .bool(false), "is_good": .bool(true),
            "classes": .array([.string(model.subject.rawValue)]), "may_hide": .bool(true),
            "licence": .string(model.licence), "version": .string(model.origin),
        ]
    }

    private static func json(_ model: ModelAdministration.Own) -> JSON {
        let description = model.state.description
        let findings = model.findings.sorted { $0.key < $1.key }.map {
            JSONObject.Member(name: $0.key, value: .int($0.value))
        }
        return [
            "name": .string(description?.name ?? model.state.file), "is_own": .bool(true),
            "is_good": .bool(model.state.isGood), "message": .string(model.state.sentence),
            "classes": .array((description?.classes ?? []).map { .string($0) }),
            "may_hide": .bool(description?.mayHide ?? false), "licence": .optional(description?.licence),
            "version": .optional(description?.sha256), "findings": .object(JSONObject(members: findings)),
            "waiting": .int(model.waiting), "failed": .int(model.failed),
        ]
    }

    private static func json(_ label: CameraLabel, _ state: LookingState?) -> JSON {
        [
            "id": .string(label.id.string), "name": .string(label.name),
            "preset": .string(label.redaction.preset.rawValue), "pictures": .int(state?.pictures ?? 0),
            "waiting": .int(state?.waiting ?? 0), "asked_at": .optional(state?.askedAt.map { RFC3339.string($0) }),
        ]
    }

    private struct Wanted: Decodable {
        let label: CameraLabelID

        private enum CodingKeys: String, CodingKey {
            case label = "camera_label"
        }
    }

    @Sendable private func run(_ request: Request, _ context: AdminContext) async throws -> Response {
        let name = context.parameters.get("model") ?? ""
        let wanted = try await request.decodeJSON(Wanted.self)
        let count = try await administration.run(name, on: wanted.label, by: context.viewer)
        return .json(
            ["pictures": .int(count), "waiting": .int(try await services.catalogue.detections.waiting(for: name))],
            status: .accepted)
    }
}

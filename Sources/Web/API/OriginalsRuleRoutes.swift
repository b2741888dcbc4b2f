import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// What becomes of originals, and the keys that they are sealed to: for administrators.
struct OriginalsRuleRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let admin = router.group(context: AdminContext.self)
        admin.get("api/camera_labels/:label/originals", use: show)
        admin.put("api/camera_labels/:label/originals", use: change)
        admin.delete("api/camera_labels/:label/originals", use: discard)
        admin.get("api/sealing_keys", use: keys)
        admin.post("api/sealing_keys", use: addKey)
    }

    private var administration: OriginalsAdministration { OriginalsAdministration(catalogue: services.catalogue) }

    @Sendable private func show(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.labelID()
        return try await document(of: id, try await services.catalogue.originals.rule(of: id))
    }

    private struct RuleRequest: Decodable {
        let policy: String
        let sealingKey: String?
        let days: Int?
        let raw: Bool?

        enum CodingKeys: String, CodingKey {
            case policy, days, raw
            case sealingKey = "sealing_key"
        }
    }

    /// Holds for new pictures; what is stored stays.
    @Sendable private func change(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.labelID()
        let body = try await request.decodeJSON(RuleRequest.self)
        guard let policy = OriginalsPolicy(rawValue: body.policy) else {
            throw Failure(.unprocessable, "policy is one of discard, sealed, keep.")
        }
        let rule = try await administration.setRule(
            .init(policy: policy, key: body.sealingKey, days: body.days, takesRaw: body.raw), of: id, by: context.viewer
        )
        return try await document(of: id, rule)
    }

    @Sendable private func discard(_ request: Request, _ context: AdminContext) async throws -> Response {
        let count = try await administration.discardStored(of: try context.labelID(), by: context.viewer)
        return .json(["discarded": .int(count)])
    }

    private func document(of id: CameraLabelID, _ rule: OriginalsRule) async throws -> Response {
        .json([
            "policy": .string(rule.policy.rawValue), "sealing_key": rule.keyID.map { .string($0) } ?? .null,
            "days": rule.days.map { .int($0) } ?? .null,
            "raw": .bool(rule.takesRaw), "stored": .int(try await services.catalogue.originals.count(of: id)),
        ])
    }

    @Sendable private func keys(_ request: Request, _ context: AdminContext) async throws -> Response {
        let keys = try await services.catalogue.sealingKeys.list()
        return .json(["sealing_keys": .array(keys.map(Self.json)), "links": []])
    }

    private struct KeyRequest: Decodable {
        let name: String
        let publicKey: String

        enum CodingKeys: String, CodingKey {
            case name
            case publicKey = "public_key"
        }
    }

    @Sendable private func addKey(_ request: Request, _ context: AdminContext) async throws -> Response {
        let body = try await request.decodeJSON(KeyRequest.self)
        let key = try await administration.addKey(name: body.name, publicKey: body.publicKey, by: context.viewer)
        return .json(Self.json(key), status: .created)
    }

    private static func json(_ key: SealingKey) -> JSON {
        [
            "id": .string(key.id), "name": .string(key.name), "public_key": .string(key.publicKey),
            "created_at": .string(RFC3339.string(key.createdAt)),
        ]
    }
}

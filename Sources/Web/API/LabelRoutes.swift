import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// Camera labels: one sees what is granted; administrators make, change and grant them.
struct LabelRoutes: Sendable {
    let services: WebServices
    private let administration: LabelAdministration

    init(services: WebServices) {
        self.services = services
        administration = LabelAdministration(catalogue: services.catalogue)
    }

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.get("api/camera_labels", use: list)
        group.get("api/camera_labels/:label", use: show)
        let admin = router.group(context: AdminContext.self)
        admin.post("api/camera_labels", use: create)
        admin.patch("api/camera_labels/:label", use: edit)
        admin.get("api/camera_labels/:label/grants", use: grants)
        admin.put("api/camera_labels/:label/grants/:account", use: grant)
        admin.delete("api/camera_labels/:label/grants/:account", use: withdraw)
    }

    @Sendable private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let labels = try await services.catalogue.labels.list(viewer: context.viewer)
        return .json(["camera_labels": .array(labels.map { LabelDocument($0, for: context.viewer).json }), "links": []])
    }

    @Sendable private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.labelID()
        guard let label = try await services.catalogue.labels.find(id, viewer: context.viewer) else {
            throw Failure.notFound("camera label")
        }
        return .json(LabelDocument(label, for: context.viewer).json)
    }

    private struct LabelRequest: Decodable {
        let name: String?
        let redaction: String?
        let redactionPolicy: AnyJSON?
        let confirmsNoRedaction: Bool?

        enum CodingKeys: String, CodingKey {
            case name, redaction
            case redactionPolicy = "redaction_policy"
            case confirmsNoRedaction = "confirm_no_redaction"
        }

        /// What it says of the redaction, as a change of a policy.
        func change() throws -> @Sendable (inout RedactionPolicy) throws -> Void {
            let preset = try redaction.map { word in
                guard let preset = RedactionPreset(rawValue: word) else {
                    throw Failure(.unprocessable, "redaction is one of none, fast, default, thorough.")
                }
                return preset
            }
            let patch = redactionPolicy.map { RedactionPolicyPatch($0.value) }
            return { policy in
                if let preset { policy.preset = preset }
                try patch?.apply(to: &policy)
            }
        }
    }

    @Sendable private func create(_ request: Request, _ context: AdminContext) async throws -> Response {
        let body = try await request.decodeJSON(LabelRequest.self)
        guard let name = body.name else { throw Failure(.invalid, "The field 'name' is missing.") }
        let change = try body.change()
        let label = try await administration.create(
            name: name, confirmsNoRedaction: body.confirmsNoRedaction ?? false, by: context.viewer, setting: change)
        return .json(LabelDocument(label, for: context.viewer).json, status: .created)
    }

    @Sendable private func edit(_ request: Request, _ context: AdminContext) async throws -> Response {
        let body = try await request.decodeJSON(LabelRequest.self)
        let label = try await administration.update(
            try context.labelID(), name: body.name, confirmsNoRedaction: body.confirmsNoRedaction ?? false,
            by: context.viewer, changing: try body.change())
        return .json(LabelDocument(label, for: context.viewer).json)
    }

    @Sendable private func grants(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.labelID()
        guard try await services.catalogue.labels.find(id, viewer: context.viewer) != nil else {
            throw Failure.notFound("camera label")
        }
        let accounts = try await services.catalogue.labels.grantees(id)
        return .json(["accounts": .array(accounts.map { AccountDocument($0).json }), "links": []])
    }

    @Sendable private func grant(_ request: Request, _ context: AdminContext) async throws -> Response {
        try await administration.grant(try context.labelID(), to: try accountID(context), by: context.viewer)
        return .noContent
    }

    @Sendable private func withdraw(_ request: Request, _ context: AdminContext) async throws -> Response {
        try await administration.withdraw(try context.labelID(), from: try accountID(context), by: context.viewer)
        return .noContent
    }

    private func accountID(_ context: AdminContext) throws -> AccountID {
        try context.identifier("account", of: "account", as: AccountID.self)
    }
}

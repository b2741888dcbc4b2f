import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// Looking once more for what must be hidden, in all pictures of a sequence or camera label.
struct RedactionRunRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.get("api/collections/:collection/redact") { try await show(try await sequence($1), $1) }
        group.post("api/collections/:collection/redact") { try await start($0, try await sequence($1), $1) }
        group.get("api/camera_labels/:label/redact") { try await show(try await label($1), $1) }
        group.post("api/camera_labels/:label/redact") { try await start($0, try await label($1), $1) }
    }

    private var catalogue: Catalogue { services.catalogue }

    private struct Wanted: Decodable {
        let preset: String?
    }

    private func start(_ request: Request, _ scope: PictureScope, _ context: SignedInContext) async throws -> Response {
        let wanted = try await request.decodeJSON(Wanted.self)
        let run = RedactionRuns(catalogue: catalogue)
        let count = try await run.start(scope, preset: try RedactionRuns.preset(wanted.preset), by: context.viewer)
        services.wake()
        return .json(
            ["pictures": .int(count), "waiting": .int(try await catalogue.corrections.waiting(scope))],
            status: .accepted)
    }

    private func show(_ scope: PictureScope, _ context: SignedInContext) async throws -> Response {
        .json(["waiting": .int(try await catalogue.corrections.waiting(scope))])
    }

    private func sequence(_ context: SignedInContext) async throws -> PictureScope {
        let id = try context.identifier("collection", of: "collection", as: SequenceID.self)
        guard let summary = try await catalogue.sequences.find(id, viewer: context.viewer) else {
            throw Failure.notFound("collection")
        }
        try await Permissions(catalogue: catalogue).requireEdit(
            owner: summary.sequence.accountID, label: summary.sequence.labelID, viewer: context.viewer)
        return .sequence(id)
    }

    /// Those who manage the label.
    private func label(_ context: SignedInContext) async throws -> PictureScope {
        let id = try context.labelID()
        guard try await catalogue.labels.find(id, viewer: context.viewer) != nil else {
            throw Failure.notFound("camera label")
        }
        guard context.account.role.mayManageGrantedLabels else {
            throw Failure(.forbidden, "Only who manages a camera label may have its pictures looked through again.")
        }
        return .label(id)
    }
}

import Catalogue
import Domain
import Foundation
import Hummingbird

/// The forms that have a sequence or camera label looked through once more.
struct RedactionRunPages: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        router.group(context: SignedInContext.self).post("sequences/:sequence/redact", use: sequence)
        router.group(context: AdminContext.self).post("admin/labels/:label/redact", use: label)
    }

    private var catalogue: Catalogue { services.catalogue }

    @Sendable private func sequence(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await PageForm(request)
        let id = try context.identifier("sequence", of: "sequence", as: SequenceID.self)
        guard let summary = try await catalogue.sequences.find(id, viewer: context.viewer) else {
            throw Failure.notFound("sequence")
        }
        try await Permissions(catalogue: catalogue).requireEdit(
            owner: summary.sequence.accountID, label: summary.sequence.labelID, viewer: context.viewer)
        try await start(.sequence(id), form, by: context.viewer)
        return .redirect(seeOther: "/sequences/\(id)?said=sequence.redacting")
    }

    @Sendable private func label(_ request: Request, _ context: AdminContext) async throws -> Response {
        let form = try await PageForm(request)
        let id = try context.labelID()
        guard try await catalogue.labels.find(id, viewer: context.viewer) != nil else {
            throw Failure.notFound("camera label")
        }
        try await start(.label(id), form, by: context.viewer)
        return .redirect(seeOther: "/admin/labels?said=labels.redacting")
    }

    private func start(_ scope: PictureScope, _ form: PageForm, by viewer: Viewer) async throws {
        let preset = try RedactionRuns.preset(form["preset"])
        _ = try await RedactionRuns(catalogue: catalogue).start(scope, preset: preset, by: viewer)
        services.wake()
    }
}

import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Intake
import Storage

/// What is hidden in a picture, for those who may correct it: hide more, or show again what hides nothing.
struct RedactionRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        for picture in ["api/pictures/:picture", "api/collections/:collection/items/:picture"] {
            group.get("\(picture)/redactions", use: list)
            group.post("\(picture)/redactions", use: add)
            group.delete("\(picture)/redactions/:redaction", use: remove)
            group.post("\(picture)/redactions/:redaction/removal", use: removeWithOriginal)
        }
    }

    private var catalogue: Catalogue { services.catalogue }

    @Sendable private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await document(of: try await editable(context), context)
    }

    @Sendable private func add(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let picture = try await editable(context)
        let shape = try await request.decodeJSON(RedactionShape.self)
        guard let hd = picture.derivatives.first(where: { $0.kind == .hd }) else { throw Self.notReady }
        let outline = try shape.outline(
            width: hd.width, height: hd.height, wraps: picture.tags?.type == .equirectangular)
        _ = try await catalogue.corrections.add(outline, to: picture.id, by: context.viewer, at: .now)
        return try await accepted(picture.id, context)
    }

    /// Shows again what is hidden. The picture is made anew from its original, which must be here.
    @Sendable private func remove(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let picture = try await editable(context)
        let removal = try await removal(from: picture, context)
        guard try await hasOriginal(picture) else { throw try await noOriginal(picture) }
        try await catalogue.corrections.remove(
            removal, from: picture.id, stagedName: nil, by: context.viewer, at: .now)
        return try await accepted(picture.id, context)
    }

    /// As `remove`, with the original as the body: it is checked against the picture's SHA-256 and goes when it is done.
    @Sendable private func removeWithOriginal(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let picture = try await editable(context)
        let removal = try await removal(from: picture, context)
        try request.refuseContentEncoding()
        let limit = services.configuration.maximumFileSize
        guard (request.announcedLength ?? 0) <= limit else { throw UploadAnswer.tooLarge(limit) }
        let file = try await services.intake.receive(
            originalOf: picture, request.body, announcedLength: request.announcedLength)
        try await catalogue.corrections.remove(
            removal, from: picture.id, stagedName: file.name, by: context.viewer, at: .now)
        // Unless the original was here already, the catalogue now has this one's name.
        if try await !catalogue.pictures.stagedNames(among: [file.name]).isEmpty { file.keep() }
        return try await accepted(picture.id, context)
    }

    private func removal(from picture: Picture, _ context: SignedInContext) async throws -> RedactionRemoval {
        guard let name = context.parameters.get("redaction").flatMap({ RedactionName($0) }) else {
            throw Failure.notFound("redaction")
        }
        switch name {
        case .correction(let id):
            let known = try await catalogue.corrections.list(of: picture.id, viewer: context.viewer)
            guard known.contains(where: { $0.id == id && $0.region != nil }) else {
                throw Failure.notFound("redaction")
            }
            return .correction(id)
        case .finding(let revision, let index):
            guard revision == picture.revision, picture.status == .prepared else {
                throw Failure(.conflict, "The picture has been made anew meanwhile: look again at what is hidden.")
            }
            guard index < picture.redactions.count, picture.redactions[index].subject != .region else {
                throw Failure.notFound("redaction")
            }
            return .finding(picture.redactions[index])
        }
    }

    private static let notReady = Failure(.conflict, "The picture is not ready yet; correct it when it is.")

    private func noOriginal(_ picture: Picture) async throws -> Failure {
        let isSealed = try await storedOriginal(picture) == .sealed
        let reason =
            isSealed
            ? "the original of this picture is sealed. Have it unsealed by the holder of the key, and send it here"
            : "the original of this picture was not kept. Send it once more"
        return Failure(
            .conflict,
            "What is hidden cannot be shown again: \(reason) (\(picture.originalName), unchanged) to have the picture "
                + "made anew.",
            details: [
                "reason": "original_needed", "original": isSealed ? "sealed" : "discarded",
                "sha256": picture.originalSHA256, "name": picture.originalName,
            ])
    }

    private func hasOriginal(_ picture: Picture) async throws -> Bool {
        if try await catalogue.pictures.treatment(picture.id)?.stagedName != nil { return true }
        // Whoever may show something again learns that it can be done, not more: the file itself is its owner's.
        return try await storedOriginal(picture) == .kept
    }

    private func storedOriginal(_ picture: Picture) async throws -> StoredOriginal.Kind? {
        try await catalogue.originals.find(picture.id, viewer: .system)?.stored.kind
    }

    private func accepted(_ id: PictureID, _ context: SignedInContext) async throws -> Response {
        services.wake()
        guard let picture = try await catalogue.pictures.find(id, viewer: context.viewer) else {
            return Response(status: .accepted)
        }
        return try await document(of: picture, context, status: .accepted)
    }

    private func document(
        of picture: Picture, _ context: SignedInContext, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let list = RedactionListDocument(
            picture: picture,
            corrections: try await catalogue.corrections.list(of: picture.id, viewer: context.viewer),
            hasOriginal: try await hasOriginal(picture))
        return .json(list.json, status: status)
    }

    private func editable(_ context: SignedInContext) async throws -> Picture {
        try await Permissions(catalogue: catalogue).editablePicture(context)
    }
}

import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Intake

/// Panoramax's older way to send pictures, which panoramax-js and MapComplete still go: make a collection, then send its
/// pictures to it one by one. Nothing is cut and nothing is dropped.
struct SequenceUploadRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.post("api/collections", use: create)
        group.post("api/collections/:collection/items", use: send)
    }

    private var catalogue: Catalogue { services.catalogue }

    @Sendable private func create(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try UploadRight.require(context.account)
        let body = try await SequenceUploadRequest.read(request)
        let title = body.validTitle(at: .now)
        let label = try await LabelChoice(catalogue: catalogue).label(
            named: body.cameraLabel, title: body.title ?? title, viewer: context.viewer)
        let isPublic = services.configuration.isPublic
        let chosen = try UploadSetRequest.visibility(body.visibility, isPublic: isPublic)
        let usual = try await services.defaultVisibility(of: context.account.id)
        // Complete with every picture: each shows as soon as it is worked on.
        let set = UploadSet(
            accountID: context.account.id, labelID: label.id, title: title, estimatedFiles: 1,
            rules: DispatchRules(
                sortMethod: .filenameAscending, splitDistance: nil, splitTime: nil, duplicateDistance: nil,
                duplicateRotation: nil, relativeHeading: label.mounting.relativeHeading),
            visibility: chosen ?? usual, userAgent: request.headers[.userAgent].map { String($0.prefix(200)) })
        let sequence = PictureSequence(
            id: try body.validID(), accountID: context.account.id, labelID: label.id, uploadSetID: set.id, title: title,
            visibility: set.visibility, sortMethod: .filenameAscending)
        try await catalogue.uploadSets.create(set, with: sequence)
        guard let summary = try await catalogue.sequences.find(sequence.id, viewer: context.viewer) else {
            throw Failure.notFound("collection")
        }
        var response = Response.json(CollectionDocument(summary: summary, baseURL: context.baseURL).json)
        response.headers[.location] = "\(context.baseURL)/api/collections/\(sequence.id)"
        return response
    }

    /// Everything that can be refused is refused before the first byte of the body is read.
    @Sendable private func send(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let (sequence, set) = try await destination(context)
        try request.refuseContentEncoding()
        let boundary = try MultipartBoundary(contentType: request.headers[.contentType]).text
        let limit = services.configuration.maximumFileSize
        guard (request.announcedLength ?? 0) <= limit + UploadLimits.envelope else {
            throw UploadAnswer.tooLarge(limit)
        }
        let outcome = try await services.intake.receive(
            multipart: request.body, boundary: boundary, announcedLength: request.announcedLength, into: set,
            viewer: context.viewer, isPlaced: true)
        services.wake()
        guard case .admitted(let file) = outcome, let id = file.pictureID,
            let item = try await catalogue.pictures.item(id, viewer: context.viewer)
        else { return try UploadAnswer(baseURL: context.baseURL).response(to: outcome) }
        return answer(item, in: sequence, context)
    }

    /// The picture joins its sequence once its tags are read; the client is told of the sequence at once.
    private func answer(_ item: PictureItem, in sequence: SequenceID, _ context: SignedInContext) -> Response {
        var json = ItemDocument(item: item, baseURL: context.baseURL).json
        if case .object(var object) = json {
            object["collection"] = .string(sequence.string)
            json = .object(object)
        }
        var response = Response.geoJSON(json)
        response.status = .accepted
        response.headers[.location] = "\(context.baseURL)/api/pictures/\(item.picture.id)"
        return response
    }

    private func destination(_ context: SignedInContext) async throws -> (SequenceID, UploadSet) {
        let id = try context.identifier("collection", of: "collection", as: SequenceID.self)
        guard let summary = try await catalogue.sequences.find(id, viewer: context.viewer) else {
            throw Failure.notFound("collection")
        }
        guard summary.sequence.accountID == context.account.id || context.account.role.isAdmin,
            context.account.role.mayUpload
        else { throw Failure(.forbidden, "Only the account that made this collection may add pictures to it.") }
        guard let set = try await catalogue.uploadSets.receiving(id) else {
            throw Failure(
                .conflict, "This collection was cut from an upload set; send pictures to the upload set.",
                details: ["reason": "not_receiving", "upload_set": summary.sequence.uploadSetID.string])
        }
        let right = UploadRight(catalogue: catalogue)
        return (id, try await right.set(set, account: context.account, viewer: context.viewer))
    }
}

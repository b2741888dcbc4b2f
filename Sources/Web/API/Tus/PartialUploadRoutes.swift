import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Intake

/// Files in parts, so that a weak link costs little: tus 1.0.0 with creation, creation-with-upload, expiration,
/// checksum and termination. A whole file takes the same way as one that was sent at once.
struct PartialUploadRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let group = router.group("api/uploads").add(middleware: TusProtocol(configuration: services.configuration))
        group.on("", method: .options, use: describe)
        let senders = group.group(context: SignedInContext.self)
        senders.post("", use: begin)
        senders.get(":upload", use: show)
        senders.patch(":upload", use: send)
        senders.delete(":upload", use: abandon)
        senders.post(":upload", use: override)
    }

    private var catalogue: Catalogue { services.catalogue }

    @Sendable private func describe(_ request: Request, _ context: WebContext) async throws -> Response {
        let algorithms = PartChecksum.Algorithm.allCases.map(\.rawValue).joined(separator: ",")
        return Response(
            status: .noContent,
            headers: [
                .tusVersion: TusProtocol.version, .tusExtension: TusProtocol.extensions,
                .tusMaxSize: "\(services.configuration.maximumFileSize)", .tusChecksumAlgorithm: algorithms,
            ])
    }

    @Sendable private func begin(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try request.refuseContentEncoding()
        let length = try request.bytes(.uploadLength)
        let metadata = try TusMetadata(request.headers[.uploadMetadata])
        let announcement = try metadata.announcement(length: length)
        let checksum = try request.partChecksum()
        let bringsPart = try request.bringsPart()
        let (set, isNew) = try await destination(metadata, request, context)
        guard (request.announcedLength ?? 0) <= length else {
            throw Failure(.tooLarge, "The body is longer than the file: Upload-Length is \(length).")
        }
        let beginning = try await services.intake.begin(
            announcement, into: set, isNew: isNew, by: context.account.id)
        guard case .begun(let upload) = beginning else {
            guard case .refused(let file) = beginning else { throw Failure.notFound("upload") }
            services.wake()
            throw UploadAnswer.refusal(file)
        }
        guard bringsPart else { return answer(upload, .created, context, location: true) }
        return try await receive(request, into: upload, at: 0, checksum, .created, context)
    }

    /// The upload set that is named, else a new one for this file alone: it is cut as soon as the file is there.
    private func destination(
        _ metadata: TusMetadata, _ request: Request, _ context: SignedInContext
    ) async throws -> (set: UploadSet, isNew: Bool) {
        try UploadRight.require(context.account)
        if let text = metadata.uploadSet {
            guard let id = UploadSetID(text) else { throw Failure.notFound("upload set") }
            let right = UploadRight(catalogue: catalogue)
            return (try await right.set(id, account: context.account, viewer: context.viewer), false)
        }
        let label = try await LabelChoice(catalogue: catalogue).label(
            named: metadata.label, title: metadata.name, viewer: context.viewer)
        let set = UploadSet(
            accountID: context.account.id, labelID: label.id,
            title: String(metadata.name.suffix(UploadSetRequest.longestTitle)), estimatedFiles: 1,
            rules: DispatchRules(relativeHeading: label.mounting.relativeHeading),
            visibility: try await services.defaultVisibility(of: context.account.id),
            userAgent: request.headers[.userAgent].map { String($0.prefix(200)) },
            holdsUnplaced: try metadata.holdsUnplaced())
        return (set, true)
    }

    @Sendable private func send(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let upload = try await find(context)
        try request.refuseContentEncoding()
        let offset = try request.bytes(.uploadOffset)
        let checksum = try request.partChecksum()
        _ = try request.bringsPart()
        return try await receive(request, into: upload, at: offset, checksum, .noContent, context)
    }

    private func receive(
        _ request: Request, into upload: PartialUpload, at offset: Int64, _ checksum: PartChecksum?,
        _ status: HTTPResponse.Status, _ context: SignedInContext
    ) async throws -> Response {
        let progress = try await services.intake.receive(
            part: request.body, at: offset, announcedLength: request.announcedLength, checksum: checksum, of: upload,
            viewer: context.viewer)
        try tell(progress)
        return answer(progress.upload, status, context, location: status == .created)
    }

    @Sendable private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let upload = try await find(context)
        guard upload.arrival != nil || (upload.stagedName != nil && upload.expiresAt > .now) else {
            throw Intake.timeIsOver
        }
        let progress = try await services.intake.progress(of: upload, viewer: context.viewer)
        try tell(progress)
        let document = PartialUploadDocument(upload: progress.upload, baseURL: context.baseURL)
        var response = Response.json(document.json)
        for field in document.headers { response.headers[field.name] = field.value }
        return response
    }

    @Sendable private func abandon(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await services.intake.abandon(try await find(context))
        return .noContent
    }

    /// For clients that can only send GET and POST.
    @Sendable private func override(_ request: Request, _ context: SignedInContext) async throws -> Response {
        switch request.headers[.methodOverride]?.uppercased() {
        case "PATCH": return try await send(request, context)
        case "DELETE": return try await abandon(request, context)
        case "HEAD", "GET": return try await show(request, context)
        default: throw Failure(.invalid, "Say in X-HTTP-Method-Override which method is meant: PATCH, DELETE or HEAD.")
        }
    }

    /// Wakes who works on pictures, and says so when a whole file did not become one.
    private func tell(_ progress: PartialProgress) throws {
        guard let outcome = progress.outcome else { return }
        services.wake()
        if case .refused(let file) = outcome { throw UploadAnswer.refusal(file) }
    }

    private func answer(
        _ upload: PartialUpload, _ status: HTTPResponse.Status, _ context: SignedInContext, location: Bool
    ) -> Response {
        let document = PartialUploadDocument(upload: upload, baseURL: context.baseURL)
        var response = Response(status: status, headers: document.headers)
        if location { response.headers[.location] = document.url }
        return response
    }

    private func find(_ context: SignedInContext) async throws -> PartialUpload {
        guard let id = context.parameters.get("upload").flatMap({ PartialUploadID($0) }),
            let upload = try await catalogue.partialUploads.find(id, viewer: context.viewer)
        else { throw Failure.notFound("upload") }
        return upload
    }
}

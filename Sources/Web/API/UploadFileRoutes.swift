import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Intake
import NIOCore

/// The files of a batch: send one, list them, ask what is already there.
struct UploadFileRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.post("api/upload_sets/:set/files", use: send)
        group.get("api/upload_sets/:set/files", use: list)
        group.post("api/upload_sets/:set/known_files", use: known)
    }

    private var catalogue: Catalogue { services.catalogue }

    /// Everything that can be refused is refused before the first byte of the body is read.
    @Sendable private func send(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let set = try await find(context)
        guard set.accountID == context.account.id || context.account.role.isAdmin, context.account.role.mayUpload else {
            throw Failure(.forbidden, "Only the account that made this upload set may add files to it.")
        }
        guard try await catalogue.labels.find(set.labelID, viewer: context.viewer) != nil else {
            throw Failure.notFound("upload set")
        }
        try request.refuseContentEncoding()
        let boundary = try MultipartBoundary(contentType: request.headers[.contentType]).text
        if let length = request.announcedLength, length > services.configuration.maximumFileSize + UploadLimits.envelope
        {
            return TooLargeResponse(
                limit: services.configuration.maximumFileSize, context.language, services.configuration
            ).closing(request)
        }
        let outcome = try await services.intake.receive(
            multipart: request.body, boundary: boundary, announcedLength: request.announcedLength, into: set,
            viewer: context.viewer)
        return try answer(outcome, context)
    }

    private func answer(_ outcome: IntakeOutcome, _ context: SignedInContext) throws -> Response {
        switch outcome {
        case .admitted(let file):
            services.wake()
            return .json(UploadFileDocument(file: file, baseURL: context.baseURL).json, status: .accepted)
        case .duplicate(let picture, let set, let sha256):
            var problem = Problem(
                Failure(
                    .conflict, "This picture is already there.",
                    details: ["reason": "file_duplicate", "existing_item": picture.string, "sha256": sha256]))
            problem.extra["existing_item"] = ["id": .string(picture.string)]
            problem.extra["picture_id"] = .string(picture.string)
            problem.extra["upload_sets"] = [["id": .string(set.string)]]
            throw problem
        case .refused(let file):
            services.wake()
            throw Self.refusal(file)
        }
    }

    private static func refusal(_ file: UploadFile) -> Problem {
        let rejection = file.rejection ?? Rejection(.otherError, "The file could not be taken.")
        var details = rejection.details
        details["error"] = rejection.message
        details["reason"] = rejection.reason.rawValue
        let code: Failure.Code = rejection.details["cause"] == "too_large" ? .tooLarge : .unprocessable
        var problem = Problem(Failure(code, rejection.message, details: details))
        problem.extra["file_name"] = .string(file.path)
        problem.extra["rejected"] = UploadFileDocument.rejected(rejection)
        return problem
    }

    @Sendable private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let set = try await find(context)
        let query = try Query(request, allowing: ["limit", "page"])
        let limit = try query.integer("limit", default: 10_000, in: 1...10_000)
        let cursor = Cursor(keys: services.tokenSigner.keys)
        let after = try query["page"].map { try FilePosition($0, cursor: cursor, set: set.id).file }
        let rows = try await catalogue.uploadSets.files(set.id, after: after, limit: limit + 1, viewer: context.viewer)
        let url = "\(context.baseURL)/api/upload_sets/\(set.id)/files"
        var links = [
            Link(rel: "self", href: url), Link(rel: "parent", href: "\(context.baseURL)/api/upload_sets/\(set.id)"),
        ]
        if rows.count > limit {
            let page = FilePosition.seal(rows[limit - 1], cursor: cursor)
            links.append(Link(rel: "next", href: "\(url)?limit=\(limit)&page=\(page)"))
        }
        let files = rows.prefix(limit).map { UploadFileDocument(file: $0, baseURL: context.baseURL).json }
        return .json(["files": .array(files), "links": .links(links)])
    }

    private struct Inquiry: Decodable {
        struct File: Decodable {
            let path: String
            let size: Int64
        }
        let files: [File]?
        let sha256: [String]?
    }

    /// What a browser asks after a reload: which of these paths and sizes have arrived, and which of these contents
    /// are pictures already.
    @Sendable private func known(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let set = try await find(context)
        let inquiry = try await request.decodeJSON(Inquiry.self)
        let asked = inquiry.files ?? []
        let hashes = inquiry.sha256 ?? []
        guard asked.count <= 1000, hashes.count <= 1000 else {
            throw Failure(.invalid, "Ask about at most 1000 files at a time.")
        }
        let sizes = Dictionary(asked.map { ($0.path, $0.size) }, uniquingKeysWith: { first, _ in first })
        let received = try await catalogue.uploadSets.files(set.id, paths: asked.map(\.path), viewer: context.viewer)
            .filter { sizes[$0.path] == $0.size }
        var pictures = JSONObject()
        for hash in Set(hashes) {
            guard hash.utf8.count == 64 else { continue }
            let picture = try await catalogue.uploadSets.picture(sha256: hash.lowercased(), viewer: context.viewer)
            if let picture { pictures[hash] = .string(picture.string) }
        }
        let files = received.map { UploadFileDocument(file: $0, baseURL: context.baseURL).json }
        return .json(["files": .array(files), "pictures": .object(pictures)])
    }

    private func find(_ context: SignedInContext) async throws -> UploadSet {
        let id = try context.identifier("set", of: "upload set", as: UploadSetID.self)
        guard let set = try await catalogue.uploadSets.find(id, viewer: context.viewer) else {
            throw Failure.notFound("upload set")
        }
        return set
    }
}

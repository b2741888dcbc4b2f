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
        group.put("api/upload_sets/:set/files/:name", use: put)
        group.get("api/upload_sets/:set/files", use: list)
        group.post("api/upload_sets/:set/known_files", use: known)
    }

    private var catalogue: Catalogue { services.catalogue }

    /// Everything that can be refused is refused before the first byte of the body is read.
    @Sendable private func send(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("set", of: "upload set", as: UploadSetID.self)
        let set = try await UploadRight(catalogue: catalogue).set(id, account: context.account, viewer: context.viewer)
        try request.refuseContentEncoding()
        let boundary = try MultipartBoundary(contentType: request.headers[.contentType]).text
        let limit = services.configuration.maximumFileSize
        guard (request.announcedLength ?? 0) <= limit + UploadLimits.envelope else {
            throw UploadAnswer.tooLarge(limit)
        }
        let outcome = try await services.intake.receive(
            multipart: request.body, boundary: boundary, announcedLength: request.announcedLength, into: set,
            viewer: context.viewer)
        services.wake()
        return try UploadAnswer(baseURL: context.baseURL).response(to: outcome)
    }

    /// The file itself is the body (RFC 9110 §9.3.4); its name in the address may hold a path, its slashes as `%2F`.
    @Sendable private func put(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("set", of: "upload set", as: UploadSetID.self)
        let set = try await UploadRight(catalogue: catalogue).set(id, account: context.account, viewer: context.viewer)
        let name = context.parameters.get("name")?.removingPercentEncoding ?? ""
        try request.refuseContentEncoding()
        try Self.refuseForms(request)
        let digest = try ContentDigest(request.headers)
        let limit = services.configuration.maximumFileSize
        guard (request.announcedLength ?? 0) <= limit else { throw UploadAnswer.tooLarge(limit) }
        let outcome = try await services.intake.receive(
            file: request.body, as: name, announcedLength: request.announcedLength, sha256: digest.sha256, into: set,
            viewer: context.viewer)
        services.wake()
        return try UploadAnswer(baseURL: context.baseURL).response(to: outcome)
    }

    private static func refuseForms(_ request: Request) throws {
        guard request.headers[.contentRange] == nil else {
            throw Failure(.invalid, "A part of a file cannot be PUT (RFC 9110 §14.5); send parts to /api/uploads.")
        }
        let type = (request.headers[.contentType] ?? "").lowercased()
        guard !type.hasPrefix("multipart/"), !type.hasPrefix("application/x-www-form-urlencoded") else {
            throw Failure(.unsupportedMedia, "Send the file itself as the body, not a form.")
        }
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
        return worded(["files": try await files(rows.prefix(limit), context), "links": .links(links)])
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
        return worded([
            "files": try await files(received, context), "pictures": .object(pictures),
            "states": try await states(hashes, set.id, context),
        ])
    }

    /// How pictures of these contents are doing: who keeps the originals until then lets them go by it.
    private func states(_ hashes: [String], _ set: UploadSetID, _ context: SignedInContext) async throws -> JSON {
        let known = try await catalogue.uploadSets.states(
            of: Set(hashes.filter { $0.utf8.count == 64 }.map { $0.lowercased() }).sorted(), in: set,
            viewer: context.viewer)
        let sentences = services.sentences(context.language)
        let members = known.sorted { $0.key < $1.key }.map { hash, state in
            JSONObject.Member(
                name: hash,
                value: [
                    "status": .string(state.status.rawValue),
                    "reason": .optional(state.brokenReason.map { sentences($0) }),
                ])
        }
        return .object(JSONObject(members: members))
    }

    private func files(_ files: some Sequence<UploadFile>, _ context: SignedInContext) async throws -> JSON {
        let sentences = services.sentences(context.language)
        let raws = files.filter { $0.rejection == nil && RawFormat(name: $0.path) != nil }.compactMap(\.pictureID)
        let states = try await catalogue.raws.states(of: raws, viewer: context.viewer)
        return .array(
            files.map { file in
                let raw =
                    raws.isEmpty || RawFormat(name: file.path) == nil ? nil : file.pictureID.flatMap { states[$0] }
                return UploadFileDocument(file: file, baseURL: context.baseURL, sentences: sentences, raw: raw).json
            })
    }

    /// An answer in which reasons are told in words.
    private func worded(_ json: JSON) -> Response {
        var response = Response.json(json)
        response.headers[.vary] = "Cookie, Authorization, Accept-Language"
        return response
    }

    private func find(_ context: SignedInContext) async throws -> UploadSet {
        let id = try context.identifier("set", of: "upload set", as: UploadSetID.self)
        guard let set = try await catalogue.uploadSets.find(id, viewer: context.viewer) else {
            throw Failure.notFound("upload set")
        }
        return set
    }
}

import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Intake
import NIOCore

/// Camera cards: what lies on one, its receipt, and the check of a receipt that somebody brings.
struct CardRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.post("api/upload_sets/:set/card", use: list)
        group.get("api/upload_sets/:set/receipt", use: show)
        group.post("api/upload_sets/:set/receipt", use: agree)
        group.post("api/card_receipts/verify", use: verify)
        group.get("api/camera_labels/:label/camera", use: camera)
        router.get("api/card_receipts/key", use: key)
    }

    private var desk: CardDesk { CardDesk(services: services) }

    private struct Listing: Decodable {
        struct File: Decodable {
            let path: String
            let size: Int64
            let kind: String
            let sha256: String?
        }
        let files: [File]
        let complete: Bool?
    }

    private static let mostFiles = 1000

    @Sendable private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("set", of: "upload set", as: UploadSetID.self)
        let right = UploadRight(catalogue: services.catalogue)
        let set = try await right.set(id, account: context.account, viewer: context.viewer)
        let listing = try await request.decodeJSON(Listing.self)
        guard listing.files.count <= Self.mostFiles else {
            throw Failure(.invalid, "List at most 1000 files at a time.")
        }
        try await services.catalogue.cards.list(
            try listing.files.map(Self.entry), isWhole: listing.complete == true, of: set.id, at: services.clock())
        return .noContent
    }

    private static func entry(_ file: Listing.File) throws -> CardEntry {
        guard let kind = CardEntry.Kind(rawValue: file.kind) else {
            throw Failure(.unprocessable, "kind is one of picture, video, preview, hidden, other, unreadable.")
        }
        guard file.size >= 0 else { throw Failure(.unprocessable, "A file has 0 bytes or more.") }
        let digest = file.sha256?.lowercased()
        if let digest, digest.utf8.count != 64 || !digest.allSatisfy(\.isHexDigit) {
            throw Failure(.unprocessable, "sha256 is 64 hexadecimal digits.", details: ["field": "sha256"])
        }
        // The same form in which a received file's path is kept.
        let path = (try? RelativePath(file.path))?.text ?? RelativePath.displayable(file.path)
        return CardEntry(path: path, size: file.size, kind: kind, sha256: digest)
    }

    @Sendable private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("set", of: "upload set", as: UploadSetID.self)
        let format = try Query(request, allowing: ["format"])["format"] ?? "json"
        guard format == "json" || format == "csv" else { throw Failure(.invalid, "format is json or csv.") }
        let receipt = try await desk.receipt(of: try await desk.set(id, context), context)
        let document = CardReceiptDocument(
            receipt: receipt, baseURL: context.baseURL, sentences: services.sentences(context.language))
        var response: Response
        if format == "csv" {
            response = Response(
                status: .ok,
                headers: [.contentType: "text/csv; charset=utf-8; header=present", .cacheControl: "private, no-cache"],
                body: .init(byteBuffer: ByteBuffer(bytes: document.csv)))
        } else {
            response = .json(try document.json(try CardSigner(keys: services.tokenSigner.keys)))
        }
        response.headers[.vary] = "Cookie, Authorization, Accept-Language"
        response.headers[.contentDisposition] = "inline; filename=\"wayside-card-\(id).\(format)\""
        return response
    }

    private struct Agreement: Decodable {
        let lossesSHA256: String

        enum CodingKeys: String, CodingKey { case lossesSHA256 = "losses_sha256" }
    }

    @Sendable private func agree(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("set", of: "upload set", as: UploadSetID.self)
        let set = try await desk.set(id, context)
        let body = try await request.decodeJSON(Agreement.self)
        try await desk.agree(toLose: body.lossesSHA256, of: set, context)
        return .noContent
    }

    /// Twenty thousand files with their digests are five megabytes.
    private static let largestReceipt = 32 << 20

    @Sendable private func verify(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let receipt = try await request.decodeJSON(SignedReceipt.self, limit: Self.largestReceipt)
        let holds = CardSigner.holds(receipt, key: try CardSigner(keys: services.tokenSigner.keys).publicKey)
        return .json(["holds": .bool(holds)])
    }

    @Sendable private func key(_ request: Request, _ context: WebContext) async throws -> Response {
        let signer = try CardSigner(keys: services.tokenSigner.keys)
        return .json(["algorithm": "Ed25519", "public_key": .string(signer.publicKey)])
    }

    /// Whether a camera, by the serial number of its body, is the one of the label.
    @Sendable private func camera(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.labelID()
        let query = try Query(request, allowing: ["serial"])
        guard let serial = query["serial"]?.trimmed, !serial.isEmpty, serial.utf8.count <= 200 else {
            throw Failure(.invalid, "The parameter 'serial' is missing: the serial number of a camera's body.")
        }
        guard let label = try await services.catalogue.labels.find(id, viewer: context.viewer) else {
            throw Failure.notFound("camera label")
        }
        let check = try await services.catalogue.labels.check(serial: serial, for: id, viewer: context.viewer)
        return .json([
            "camera_label": .string(label.name), "serial": .string(serial), "known": .bool(check.isKnownHere),
            "other_serial": .optional(check.other), "other_labels": .array(check.elsewhere.map { .string($0) }),
        ])
    }
}

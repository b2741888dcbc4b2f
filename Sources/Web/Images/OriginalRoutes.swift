import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Storage

/// The original of a picture and its raw file, where its label keeps or seals them: for its owner and administrators; nobody else learns
/// whether there is one. Each opening is in the audit log before the first byte leaves.
struct OriginalRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.get("api/pictures/:picture/original") { try await send(.original, $0, $1) }
        group.get("api/pictures/:picture/raw") { try await send(.raw, $0, $1) }
    }

    private func send(
        _ part: OriginalPart, _ request: Request, _ context: SignedInContext
    ) async throws -> Response {
        let id = try context.identifier("picture", of: "picture", as: PictureID.self)
        guard let file = try await services.catalogue.originals.find(id, part, viewer: context.viewer) else {
            throw Failure.notFound("picture")
        }
        let reason = try OpeningReason(request)
        let answer = RangeResponse(
            size: file.stored.size, tag: EntityTag(file.stored.sha256), modified: file.stored.storedAt,
            headers: Self.headers(of: file))
        return try await answer.response(to: request) { range in
            try await record(file, range, reason.text(requiredFor: file.stored.kind), context)
            let key = ObjectKey.stored(part, of: id, file.stored.kind)
            return try await services.store.body(of: key, size: file.stored.size, range: range)
        }
    }

    private func record(
        _ file: OriginalFile, _ range: Range<Int64>?, _ reason: String?, _ context: SignedInContext
    ) async throws {
        var details = ["kind": file.stored.kind.rawValue]
        details["key"] = file.stored.keyID
        details["reason"] = reason
        details["bytes"] = range.map { "\($0.lowerBound)-\($0.upperBound - 1)" }
        try await services.catalogue.audit.record(
            "\(file.part.rawValue).fetched", by: context.viewer, subject: file.pictureID.string, details: details,
            at: Date())
    }

    /// Unredacted bytes stay in no cache, a browser's own included.
    private static func headers(of file: OriginalFile) -> HTTPFields {
        let isSealed = file.stored.kind == .sealed
        let format = file.part == .raw ? RawFormat(name: file.originalName) : nil
        let plain = format.map { "\(file.pictureID).\($0.rawValue)" } ?? "\(file.pictureID)-original.jpg"
        let name = isSealed ? "\(file.pictureID)\(format == nil ? "" : "-raw").sealed" : plain
        let type = format?.mediaType ?? "image/jpeg"
        var headers: HTTPFields = [
            .contentType: isSealed ? "application/octet-stream" : type, .cacheControl: "private, no-store",
            .vary: "Cookie, Authorization", .xContentTypeOptions: "nosniff", .crossOriginResourcePolicy: "same-origin",
            .contentDisposition: "attachment; filename=\"\(name)\"",
        ]
        headers[.waysideOriginal] = file.stored.kind.rawValue
        return headers
    }
}

/// Why somebody opens an original: the header `Wayside-Reason`, percent-encoded UTF-8, or the parameter `reason`.
private struct OpeningReason {
    private let given: String?
    private static let longest = 500

    init(_ request: Request) throws {
        let query = try Query(request, allowing: ["reason"])
        let text = request.headers[.waysideReason].map { $0.removingPercentEncoding ?? $0 } ?? query["reason"]
        given = text?.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (given ?? "").count <= Self.longest else {
            throw Failure(.invalid, "The reason has up to \(Self.longest) characters.")
        }
    }

    /// Throws `.invalid` when there must be one: who fetches ciphertext means to open it.
    func text(requiredFor kind: StoredOriginal.Kind) throws -> String? {
        guard let given, !given.isEmpty else {
            guard kind != .sealed else {
                throw Failure(
                    .invalid, "Say why the sealed original is fetched: the header Wayside-Reason, or 'reason'.")
            }
            return nil
        }
        return given
    }
}

extension HTTPField.Name {
    /// Why an original is opened.
    static let waysideReason = HTTPField.Name("Wayside-Reason") ?? .origin
    /// `sealed` or `kept`.
    static let waysideOriginal = HTTPField.Name("Wayside-Original") ?? .origin
}

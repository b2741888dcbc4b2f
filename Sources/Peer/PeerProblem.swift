import Domain
import Foundation
import NIOCore
import NIOHTTP1

/// What the other server has answered instead of doing what it was asked (RFC 9457).
enum PeerProblem {
    private struct Document: Decodable {
        let code: String?
        let detail: String?
        let details: [String: String]?
    }

    static func failure(_ status: UInt, _ headers: HTTPHeaders, _ body: ByteBuffer, _ address: PeerAddress) -> Failure {
        let document = try? JSONDecoder().decode(Document.self, from: Data(body.readableBytesView))
        var details = document?.details ?? [:]
        details["retry_after"] = headers.first(name: "Retry-After")
        let said = document?.detail ?? "it answers \(status)."
        return Failure(
            code(status, document?.code), "\(address): \(said)", details: details)
    }

    private static func code(_ status: UInt, _ word: String?) -> Failure.Code {
        // A fault of theirs may pass; one of ours would not.
        if let code = word.flatMap(Failure.Code.init(rawValue:)), code != .internalError { return code }
        return switch status {
        case 401: .unauthenticated
        case 403: .forbidden
        case 404: .notFound
        case 409: .conflict
        case 410: .gone
        case 413: .tooLarge
        case 429: .tooMany
        case 408, 500...: .unavailable
        default: .unprocessable
        }
    }
}

import Domain
import HTTPTypes
import Hummingbird
import NIOCore

/// What is told to a client that something went wrong: problem details (RFC 9457) with the members that STAC clients
/// (`code`, `description`) and Panoramax clients (`message`, `status_code`) read.
struct Problem: Error, Sendable {
    let status: HTTPResponse.Status
    let code: String
    let message: String
    var details: [String: String] = [:]
    var headers = HTTPFields()
    /// Why the file that was sent is not taken, as its upload set records it.
    var rejection: Rejection?
    /// Further members of the document (RFC 9457 §3.2).
    var extra = JSONObject()

    init(_ failure: Failure) {
        status = Self.status(of: failure.code)
        code = failure.code.rawValue
        message = failure.code == .internalError ? "Something went wrong on the server." : failure.message
        details = failure.code == .internalError ? [:] : failure.details
        switch failure.code {
        case .unauthenticated: headers[.wwwAuthenticate] = "Bearer"
        case .tooMany: headers[.retryAfter] = failure.details["retry_after"] ?? "60"
        case .unavailable, .noSpace: headers[.retryAfter] = failure.details["retry_after"] ?? "30"
        default: break
        }
    }

    init(status: HTTPResponse.Status, code: String, message: String, headers: HTTPFields = [:]) {
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers
    }

    /// The only place that knows what status a failure becomes.
    private static func status(of code: Failure.Code) -> HTTPResponse.Status {
        switch code {
        case .invalid: .badRequest
        case .unprocessable: .unprocessableContent
        case .unauthenticated: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .gone: .gone
        case .conflict: .conflict
        case .preconditionFailed: .preconditionFailed
        // tus 1.0.0, extension Checksum.
        case .checksumMismatch: HTTPResponse.Status(code: 460, reasonPhrase: "Checksum Mismatch")
        case .tooLarge: .contentTooLarge
        case .unsupportedMedia: .unsupportedMediaType
        case .tooMany: .tooManyRequests
        case .noSpace: HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
        case .unavailable: .serviceUnavailable
        case .internalError: .internalServerError
        }
    }

    /// - Parameter sentences: in the language of who asked.
    func json(_ sentences: Sentences) -> JSON {
        let detail: JSON = .string(sentences(message))
        var object: JSONObject = [
            "type": "about:blank", "title": .string(sentences(status.reasonPhrase)), "status": .int(status.code),
            "detail": detail, "code": .string(code), "description": detail, "message": detail,
            "status_code": .int(status.code),
        ]
        var details = details
        if let rejection {
            // Panoramax' command line shows it.
            details["error"] = sentences(rejection.message)
            object["rejected"] = UploadFileDocument.rejected(rejection, sentences)
        }
        if !details.isEmpty {
            let members = details.sorted { $0.key < $1.key }
            object["details"] = .object(
                JSONObject(members: members.map { .init(name: $0.key, value: .string($0.value)) }))
        }
        for member in extra.members { object[member.name] = member.value }
        return .object(object)
    }

    func response(_ language: Language, _ sentences: Sentences) -> Response {
        var response = Response.json(
            json(sentences), status: status, type: "application/problem+json; charset=utf-8")
        response.headers[.cacheControl] = "no-store"
        response.headers[.vary] = "Cookie, Authorization, Accept-Language"
        response.headers[.contentLanguage] = language.rawValue
        for field in headers { response.headers[field.name] = field.value }
        return response
    }
}

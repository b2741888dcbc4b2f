import HTTPTypes
import Hummingbird

/// Remembers of the answer to a HEAD that GET has no length to tell, before its body is taken away
/// (`HeadAnswerHandler` reads it).
struct HeadLength: RouterMiddleware {
    typealias Context = WebContext

    func handle(_ request: Request, context: WebContext, next: NextHandler) async throws -> Response {
        var response = try await next(request, context)
        if request.method == .head, response.body.contentLength == nil { response.leaveLengthOpen() }
        return response
    }
}

extension Response {
    /// Says that the length is not known, as GET says it when it sends as it goes.
    mutating func leaveLengthOpen() {
        headers[.contentLength] = nil
        headers[.transferEncoding] = "chunked"
    }
}

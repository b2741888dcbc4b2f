import HTTPTypes
import Hummingbird
import NIOCore

/// Reads no more of a request's body than whoever answers it wants.
///
/// A client that waits for leave to send gets it when its body is about to be read. When the answer is there and much
/// of the body is not, the connection is closed instead of taking all of it (RFC 9112 §9.6).
struct UnreadBody: RouterMiddleware {
    typealias Context = WebContext

    /// Bytes that are taken all the same: so that the connection can go on after a small body, and so that a client
    /// that only looks for the answer when it has sent for a while gets to see it.
    static let patience: Int64 = 1 << 20

    func handle(_ request: Request, context: WebContext, next: NextHandler) async throws -> Response {
        guard request.hasBody else {
            return try await next(request, context)
        }
        let watch = BodyWatch(announced: request.headers[.transferEncoding] == nil ? request.announcedLength : nil)
        let isExpecting = ExpectContinueHandler.isExpected(by: request.head)
        let body = request.body
        var watched = request
        watched.body = RequestBody(
            asyncSequence: WatchedBody(body: body, watch: watch) { [channel = context.channel] in
                if isExpecting { channel.triggerUserOutboundEvent(ExpectContinueHandler.Leave(), promise: nil) }
            })
        let response = try await next(watched, context)
        // Without leave the body may come or not: what follows on this connection could be either.
        if isExpecting, !watch.hasBegun { return response.cuttingConnection() }
        if watch.hasBegun { return watch.remaining ?? .max <= Self.patience ? response : response.cuttingConnection() }
        // Of a body without an announced length nobody knows yet whether it is a small one.
        guard let remaining = watch.remaining else { return response.taking(Self.patience, of: body) }
        return remaining <= Self.patience ? response : response.closing().taking(Self.patience, of: body)
    }
}

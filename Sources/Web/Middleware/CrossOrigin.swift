import HTTPTypes
import Hummingbird

/// Lets pages of the origins that the operator listed read the API, its tiles and its pictures (CORS protocol, WHATWG
/// Fetch §3.3). They bring a token of their own: never is a cookie taken along, and pages of ours are never shown to them.
struct CrossOrigin: RouterMiddleware {
    typealias Context = WebContext

    let origins: Set<String>

    func handle(_ request: Request, context: WebContext, next: NextHandler) async throws -> Response {
        guard !origins.isEmpty, Self.isAPI(request.uri.path) else { return try await next(request, context) }
        guard let origin = request.headers[.origin], origins.contains(origin) else {
            return Self.varying(try await next(request, context))
        }
        if request.method == .options, request.headers[.accessControlRequestMethod] != nil {
            return Self.varying(Self.preflight(for: origin))
        }
        var response = Self.varying(try await next(request, context))
        response.headers[.accessControlAllowOrigin] = origin
        response.headers[.accessControlExposeHeaders] = Self.exposed
        // Also for `<img>`: what may be read may be shown.
        response.headers[.crossOriginResourcePolicy] = "cross-origin"
        return response
    }

    /// Whether a request that brings no cookie may change something although it comes from another site. Signing in is
    /// left to our own pages.
    static func isAllowed(_ request: Request, _ origins: Set<String>) -> Bool {
        guard let origin = request.headers[.origin] else { return false }
        return origins.contains(origin) && isAPI(request.uri.path) && !request.uri.path.hasPrefix("/api/auth/login")
    }

    private static func isAPI(_ path: String) -> Bool { path == "/api" || path.hasPrefix("/api/") }

    private static func preflight(for origin: String) -> Response {
        Response(
            status: .noContent,
            headers: [
                .accessControlAllowOrigin: origin,
                .accessControlAllowMethods: "GET, HEAD, POST, PUT, PATCH, DELETE",
                .accessControlAllowHeaders: allowed, .accessControlMaxAge: "600",
            ])
    }

    /// An answer to one origin is none to another.
    private static func varying(_ response: Response) -> Response {
        var response = response
        response.headers[.vary] = [response.headers[.vary], "Origin"].compactMap(\.self).joined(separator: ", ")
        return response
    }

    private static let allowed = """
        Authorization, Content-Type, Accept, Accept-Language, If-Match, If-None-Match, If-Modified-Since, Range, \
        If-Range, Repr-Digest, Content-Digest, Tus-Resumable, Upload-Length, Upload-Offset, Upload-Metadata, \
        Upload-Checksum, X-HTTP-Method-Override, Wayside-Reason
        """
    private static let exposed = """
        Content-Range, ETag, Last-Modified, Link, Location, Retry-After, Tus-Resumable, Tus-Version, Tus-Extension, \
        Tus-Max-Size, Upload-Offset, Upload-Length, Upload-Expires, Wayside-Picture, Wayside-Outcome, X-Request-Id
        """
}

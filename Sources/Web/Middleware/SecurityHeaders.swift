import HTTPTypes
import Hummingbird

/// Headers that tell browsers what not to do. A handler that has set one itself keeps it.
struct SecurityHeaders: RouterMiddleware {
    typealias Context = WebContext

    private let fields: HTTPFields

    init(configuration: WebConfiguration) {
        let others = configuration.mapSources + [configuration.baseMap.origin].compactMap(\.self)
        let sources = (["'self'"] + others).joined(separator: " ")
        // MapLibre runs its worker from a blob and draws tiles it fetched; nothing inline is allowed.
        let policy = [
            "default-src 'self'", "img-src \(sources) data: blob:", "connect-src \(sources)",
            "worker-src 'self' blob:", "object-src 'none'", "base-uri 'none'", "form-action 'self'",
            "frame-ancestors 'none'",
        ]
        var fields: HTTPFields = [
            .contentSecurityPolicy: policy.joined(separator: "; "), .xContentTypeOptions: "nosniff",
            .referrerPolicy: "same-origin", .frameOptions: "DENY", .openerPolicy: "same-origin",
            .permissionsPolicy: "camera=(), microphone=(), geolocation=(self)",
        ]
        if configuration.usesTLS || configuration.publicURL?.hasPrefix("https://") == true {
            fields[.strictTransportSecurity] = "max-age=31536000"
        }
        self.fields = fields
    }

    func handle(
        _ request: Request, context: WebContext, next: NextHandler
    ) async throws -> Response {
        var response = try await next(request, context)
        // Who says in a policy which pages may frame an answer must not be contradicted by the older header.
        let hasOwnPolicy = response.headers[.contentSecurityPolicy] != nil
        for field in fields where response.headers[field.name] == nil && !(hasOwnPolicy && field.name == .frameOptions)
        {
            response.headers[field.name] = field.value
        }
        return response
    }
}

import Domain
import HTTPTypes
import Hummingbird

/// Finds out who asks, from the bearer token or the login cookie. It only sets the context: what a route requires is
/// said by the context it takes.
struct Authentication: RouterMiddleware {
    typealias Context = WebContext

    let services: WebServices
    private let proxies: ProxyTrust

    init(services: WebServices) {
        self.services = services
        proxies = ProxyTrust(services.configuration.trustedProxies)
    }

    func handle(
        _ request: Request, context: WebContext, next: NextHandler
    ) async throws -> Response {
        var context = context
        describeClient(&context, request)
        if let holder = try await holder(request, context: context) {
            context.account = holder.account
            context.accessToken = holder.token
            context.viewer = .account(holder.account.id, holder.account.role)
        }
        try refuseCrossSite(request, context: context)
        let isUnsafe = !CrossSiteCheck.isSafe(request.method)
        defer { if isUnsafe { services.sessions.forget() } }
        do {
            return try await next(request, context)
        } catch let failure as Failure where failure.code == .notFound && context.viewer == .guest {
            // A guest learns nothing about what exists.
            throw Failure(.unauthenticated, "Sign in first.")
        }
    }

    private func describeClient(_ context: inout WebContext, _ request: Request) {
        let configuration = services.configuration
        let client = proxies.client(of: request, peer: context.peerAddress)
        context.clientAddress = client.address
        context.isSecure =
            configuration.usesTLS || client.isSecure || configuration.publicURL?.hasPrefix("https://") == true
        context.isPublicInstance = configuration.isPublic
        context.language = Self.language(of: request, among: services.languages)
        context.baseURL = BaseURL.of(request, configuration: configuration, isSecure: context.isSecure)
    }

    /// A bearer token that does not hold is an error; a cookie that does not hold is as good as none.
    private func holder(_ request: Request, context: WebContext) async throws -> Sessions.Holder? {
        if let authorization = request.headers[.authorization] {
            guard let token = AuthorizationField(authorization).token else {
                throw Failure(.unauthenticated, "Only tokens are taken: as bearer, or as the password of Basic.")
            }
            return try await services.sessions.holder(of: token, purpose: .api)
        }
        guard let cookie = request.cookies[LoginCookie.name(isSecure: context.isSecure)], !cookie.value.isEmpty else {
            return nil
        }
        do {
            return try await services.sessions.holder(of: cookie.value, purpose: .session)
        } catch let failure as Failure where failure.code == .unauthenticated {
            return nil
        }
    }

    /// A browser adds the cookie to whatever any page makes it send: changes must come from our own pages.
    private func refuseCrossSite(_ request: Request, context: WebContext) throws {
        guard !CrossSiteCheck.isSafe(request.method), context.accessToken?.purpose != .api else { return }
        if context.accessToken == nil, CrossOrigin.isAllowed(request, services.configuration.corsOrigins) { return }
        let verdict = CrossSiteCheck(request: request, baseURL: context.baseURL).verdict
        let isSignedIn = context.accessToken != nil
        guard verdict == .otherSite || (verdict == .unknown && isSignedIn) else { return }
        throw Failure(
            .forbidden, "This request came from another site and was refused.", details: ["reason": "cross_site"])
    }

    /// The language chosen earlier, else what the browser prefers, else the first of those that are offered.
    static func language(of request: Request, among offered: [Language]) -> Language {
        if let chosen = request.cookies[Language.cookieName].flatMap({ Language(rawValue: $0.value) }),
            offered.contains(chosen)
        {
            return chosen
        }
        return request.headers[.acceptLanguage].flatMap { Language.preferred(in: $0, among: offered) }
            ?? offered.first ?? .english
    }
}

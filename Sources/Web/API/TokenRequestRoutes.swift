import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Tokens for programs that open a page to sign in: the program asks for one, and a person makes it theirs.
struct TokenRequestRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        router.post("api/auth/tokens/generate", use: generate)
        router.get("api/auth/tokens/:code/claim", use: claim)
    }

    /// Open to everybody. The signed text in the answer is worth nothing until the request is claimed.
    @Sendable private func generate(_ request: Request, _ context: WebContext) async throws -> Response {
        let query = try Query(request, allowing: ["description"])
        let now = services.clock()
        let wanted = TokenRequest(
            description: Self.line(query["description"], limit: 100), device: Self.line(request.headers[.userAgent]),
            address: context.clientAddress, createdAt: now,
            tokenExpiresAt: now.addingTimeInterval(AccessToken.Purpose.api.lifetime))
        let household = AddressBlock.ofOneHousehold(context.clientAddress)
        let quota = HourlyQuota(.tokens, of: "address:\(household)", limit: services.configuration.tokensPerHour)
        let signed = try await services.tokenSigner.sign(wanted)
        try await services.catalogue.tokenRequests.insert(wanted, quota: quota)
        let claim = "\(context.baseURL)/api/auth/tokens/\(wanted.code)/claim"
        var response = Response.json([
            "id": .string(wanted.code), "jwt_token": .string(signed), "description": .string(wanted.description),
            "generated_at": .string(RFC3339.string(wanted.createdAt)),
            "claim_before": .string(RFC3339.string(wanted.expiresAt)),
            "expires_at": .string(RFC3339.string(wanted.tokenExpiresAt)),
            "links": .links([Link(rel: "claim", href: claim, type: "text/html")]),
        ])
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// The address that programs show. It binds nothing and tells nothing: the page behind it asks first.
    @Sendable private func claim(_ request: Request, _ context: WebContext) async throws -> Response {
        .redirect(seeOther: "/claim/\(URLText.encode(context.parameters.get("code") ?? ""))")
    }

    /// One line of what a stranger wrote, to be shown to a person.
    private static func line(_ text: String?, limit: Int = 200) -> String {
        let visible = (text ?? "").unicodeScalars.filter { scalar in
            ![.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
        }
        return String(String(String.UnicodeScalarView(visible)).trimmed.prefix(limit))
    }
}

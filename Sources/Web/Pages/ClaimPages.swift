import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Letting a program in: who is signed in sees what asks, and says yes or no. Looking at the page binds nothing.
struct ClaimPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.get("claim/:code", use: show)
        group.post("claim/:code", use: decide)
    }

    private struct Content: Sendable {
        struct Right: Sendable { let text: String }
        struct Asking: Sendable {
            let path: String
            let device: String
            let description: String?
            let address: String
            let asked: PageTime
            let expires: PageTime
            let rightsText: String
            let rights: [Right]
        }

        let asking: Asking?
        let isGone: Bool
    }

    private var requests: TokenRequestStore { services.catalogue.tokenRequests }

    @Sendable private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let words = try renderer.words(context.language)
        guard let wanted = try await requests.find(code(context), at: services.clock()) else {
            return try page(Content(asking: nil, isGone: true), context, status: .notFound)
        }
        let account = context.account
        let asking = Content.Asking(
            path: "/claim/\(wanted.code)",
            device: wanted.device.isEmpty ? words("claim.unknown") : wanted.device,
            description: wanted.description.isEmpty ? nil : wanted.description, address: wanted.address,
            asked: PageTime(wanted.createdAt), expires: PageTime(wanted.tokenExpiresAt),
            rightsText: words(
                "claim.rights", ["name": account.name, "role": words("roles.\(account.role.rawValue)")]),
            rights: Self.rights(of: account.role).map { Content.Right(text: words("claim.\($0)")) })
        return try page(Content(asking: asking, isGone: false), context)
    }

    /// What the token can do, as keys of the words.
    private static func rights(of role: Role) -> [String] {
        var rights = ["mayRead", "mayReport"]
        if role.mayUpload { rights.append("mayUpload") }
        if role.mayManageGrantedLabels { rights.append("mayManage") }
        if role.isAdmin { rights.append("mayAdminister") }
        return rights
    }

    /// What comes from a page of another site never gets this far (`Authentication`).
    @Sendable private func decide(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let code = self.code(context)
        switch try await PageForm(request)["answer"] {
        case "yes":
            return try await claim(code, context)
        case "no":
            try await requests.refuse(code)
            return .redirect(seeOther: "/account?said=account.refused")
        default:
            throw Failure(.invalid, "Say yes or no to the program that asks.")
        }
    }

    private func claim(_ code: String, _ context: SignedInContext) async throws -> Response {
        do {
            _ = try await requests.claim(
                code, for: context.account.id, by: context.viewer, quota: services.tokenQuota(of: context.account.id),
                at: services.clock())
            return .redirect(seeOther: "/account?said=account.claimed")
        } catch let failure as Failure where failure.code == .notFound {
            return try page(Content(asking: nil, isGone: true), context, status: .notFound)
        }
    }

    /// What is no code at all is gone like one that was used.
    private func code(_ context: SignedInContext) -> String { context.parameters.get("code") ?? "" }

    private func page(
        _ content: Content, _ context: SignedInContext, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let words = try renderer.words(context.language)
        return try renderer.response(
            .claim, title: words("claim.title"), path: content.asking?.path ?? "/account",
            visitor: PageVisitor(context), content: content, status: status, isSecret: true)
    }
}

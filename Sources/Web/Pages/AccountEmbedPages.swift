import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// Pictures that a person has put into pages of other sites; to administrators, everybody's.
struct AccountEmbedPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.get("account/embeds", use: show)
        group.post("account/embeds/:embed/revoke", use: revoke)
    }

    private struct Content: Sendable {
        struct Row: Sendable {
            let id: String
            let picture: String
            let origins: String
            let created: PageTime
            let expires: PageTime
            let tone: String
            let state: String
            let isValid: Bool
        }

        let notice: PageNotice?
        let lead: String
        let hasEmbeds: Bool
        let embeds: [Row]
    }

    @Sendable private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let words = try renderer.words(context.language)
        let embeds = try await services.catalogue.embeds.list(limit: 500, viewer: context.viewer)
        let now = services.clock()
        let content = Content(
            notice: .said(Query(request.uri.query), words),
            lead: words(context.account.role.isAdmin ? "embeds.leadAll" : "embeds.lead"), hasEmbeds: !embeds.isEmpty,
            embeds: embeds.map { embed in
                let isValid = embed.isValid(at: now)
                return .init(
                    id: embed.id.string, picture: embed.pictureID.string,
                    origins: embed.origins.joined(separator: ", "), created: PageTime(embed.createdAt),
                    expires: PageTime(embed.expiresAt), tone: isValid ? "good" : "",
                    state: words(embed.revokedAt != nil ? "embeds.revoked" : isValid ? "embeds.valid" : "embeds.over"),
                    isValid: isValid)
            })
        return try renderer.response(
            .embeds, title: words("embeds.title"), path: "/account/embeds", visitor: PageVisitor(context),
            content: content)
    }

    @Sendable private func revoke(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("embed", of: "embed", as: EmbedID.self)
        try await services.catalogue.embeds.revoke(id, by: context.viewer, at: services.clock())
        return .redirect(seeOther: "/account/embeds?said=embeds.ended")
    }
}

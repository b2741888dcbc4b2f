import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// Pictures that pages of other sites show, for who may change them: made, listed and ended.
struct EmbedRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.post("api/pictures/:picture/embeds", use: make)
        group.get("api/embeds", use: list)
        group.delete("api/embeds/:embed", use: revoke)
    }

    private struct Wish: Decodable {
        let origins: [String]
        let days: Int?
    }

    @Sendable private func make(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("picture", of: "picture", as: PictureID.self)
        // What one may not see is not there, whatever else is wrong.
        guard let picture = try await services.catalogue.pictures.find(id, viewer: context.viewer) else {
            throw Failure.notFound("picture")
        }
        // It is shown to strangers from then on: who may only look does not decide that.
        try await Permissions(catalogue: services.catalogue).requireEdit(
            owner: picture.accountID, label: picture.labelID, viewer: context.viewer)
        let wish = try await request.decodeJSON(Wish.self, limit: 64 << 10)
        let days = wish.days ?? 365
        guard Embed.spans.contains(days) else {
            throw Failure(
                .unprocessable, "A picture is shown elsewhere for 1 to 3660 days.", details: ["reason": "days"])
        }
        let now = services.clock()
        let embed = Embed(
            pictureID: id, accountID: context.account.id, origins: try Embed.origins(wish.origins), createdAt: now,
            expiresAt: now.addingTimeInterval(Double(days) * 86_400))
        try await services.catalogue.embeds.insert(embed, by: context.viewer)
        return .json(EmbedDocument(embed, services: services, baseURL: context.baseURL).json, status: .created)
    }

    @Sendable private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let query = try Query(request, allowing: ["picture", "limit"])
        let limit = try query.integer("limit", default: 100, in: 1...1000)
        let picture = try query["picture"].map { text in
            guard let id = PictureID(text) else { throw Failure(.invalid, "'picture' is a picture's id.") }
            return id
        }
        let embeds = try await services.catalogue.embeds.list(picture: picture, limit: limit, viewer: context.viewer)
        return .json([
            "embeds": .array(embeds.map { EmbedDocument($0, services: services, baseURL: context.baseURL).json }),
            "links": [],
        ])
    }

    @Sendable private func revoke(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("embed", of: "embed", as: EmbedID.self)
        try await services.catalogue.embeds.revoke(id, by: context.viewer, at: services.clock())
        return .noContent
    }
}

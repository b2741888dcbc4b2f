import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// A picture within a page of another site: without a login, by a signed key, and only where that key says.
///
/// Each answer asks anew whether the key holds and the picture may be shown, so that what is hidden is gone at once.
struct EmbedFrame: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        router.get("embed/:picture", use: show)
        router.get("embed/:picture/{file}.jpg", use: file)
        router.get("embed/:picture/tiled/{tile}.jpg", use: tile)
    }

    private struct Content: Sendable {
        let picture: String
        let key: String
        let isSphere: String
        let width: String
        let heading: String
        let fieldOfView: String
        let columns: String
        let rows: String
        let taken: PageTime?
        let open: String
    }

    private struct Gone: Sendable {}

    @Sendable private func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let words = try renderer.words(context.language)
        let id = try picture(context)
        guard let key = key(request, id) else { throw Self.nothing }
        // A browser says what it wants the page for: a window of its own is not what was allowed.
        if let destination = request.headers[.secFetchDest],
            !["iframe", "frame", "embed", "object"].contains(destination)
        {
            throw Failure(
                .forbidden, "This address shows its picture within the page that it was made for, and nowhere else.")
        }
        let visitor = PageVisitor.stranger(context.language)
        var response: Response
        if let shown = try await services.catalogue.embeds.picture(key.embed, at: services.clock()), shown.id == id {
            response = try renderer.response(
                .embed, title: words("embed.title"), path: "", visitor: visitor,
                content: content(shown, request, context), isSecret: true)
        } else {
            // Who was allowed once is told within their page; nobody learns why.
            response = try renderer.response(
                .embedGone, title: words("embed.title"), path: "", visitor: visitor, content: Gone(), status: .notFound,
                isSecret: true)
        }
        response.headers[.contentSecurityPolicy] = Self.policy(key.origins)
        return response
    }

    private func content(_ picture: Picture, _ request: Request, _ context: WebContext) -> Content {
        let tiles = TileMatrix(derivatives: picture.derivatives)
        func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
        return Content(
            picture: picture.id.string, key: Query(request.uri.query)["key"] ?? "",
            isSphere: picture.tags?.type == .equirectangular ? "true" : "false",
            width: picture.tags.map { "\($0.width)" } ?? "", heading: text(picture.heading),
            fieldOfView: text(picture.tags?.fieldOfView), columns: tiles.map { "\($0.columns)" } ?? "",
            rows: tiles.map { "\($0.rows)" } ?? "", taken: picture.tags.map { PageTime($0.capturedAt) },
            open: "\(context.baseURL)/#pic=\(picture.id)&focus=pic")
    }

    @Sendable private func file(_ request: Request, _ context: WebContext) async throws -> Response {
        switch context.parameters.get("file") {
        case "hd": try await send(.hd, request, context)
        case "sd": try await send(.sd, request, context)
        case "thumb": try await send(.thumb, request, context)
        default: throw Self.nothing
        }
    }

    @Sendable private func tile(_ request: Request, _ context: WebContext) async throws -> Response {
        let parts = (context.parameters.get("tile") ?? "").split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 2, let column = Int(parts[0]), let row = Int(parts[1]), (0..<256).contains(column),
            (0..<256).contains(row)
        else { throw Self.nothing }
        return try await send(.tile(column: column, row: row), request, context)
    }

    private func send(_ kind: Derivative.Kind, _ request: Request, _ context: WebContext) async throws -> Response {
        let id = try picture(context)
        guard let key = key(request, id),
            let shown = try await services.catalogue.embeds.picture(key.embed, at: services.clock()), shown.id == id,
            let derivative = shown.derivatives.first(where: { $0.kind == kind })
        else { throw Self.nothing }
        let file = PictureFile(
            pictureID: id, revision: shown.revision, derivative: derivative, updatedAt: shown.updatedAt,
            originalName: shown.originalName)
        let sender = FileSender(channel: context.channel, usesTLS: services.configuration.usesTLS)
        return try await PictureImage(store: services.store, file: file, sender: sender).response(to: request)
    }

    private func picture(_ context: WebContext) throws -> PictureID {
        guard let id = context.parameters.get("picture").flatMap({ PictureID($0) }) else { throw Self.nothing }
        return id
    }

    private func key(_ request: Request, _ picture: PictureID) -> EmbedKey? {
        Query(request.uri.query)["key"].flatMap {
            EmbedKey($0, picture: picture, keys: services.tokenSigner.keys, at: services.clock())
        }
    }

    /// Not as a failure, which would be "sign in first" to a guest: there is nothing to sign in for.
    private static let nothing = Problem(Failure.notFound("picture"))

    /// As for every page, but for who may put it into a frame.
    private static func policy(_ origins: [String]) -> String {
        [
            "default-src 'self'", "img-src 'self' data: blob:", "object-src 'none'", "base-uri 'none'",
            "form-action 'none'", "frame-ancestors \(origins.joined(separator: " "))",
        ].joined(separator: "; ")
    }
}

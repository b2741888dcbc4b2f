import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// The bytes of pictures: always redacted, always checked for the viewer's rights first.
struct ImageRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let reader = router.group(context: ReaderContext.self)
        reader.get("api/pictures/:picture/hd.jpg") { try await send(.hd, $0, $1) }
        reader.get("api/pictures/:picture/sd.jpg") { try await send(.sd, $0, $1) }
        reader.get("api/pictures/:picture/thumb.jpg") { try await send(.thumb, $0, $1) }
        reader.get("api/pictures/:picture/tiled/{tile}.jpg", use: tile)
        reader.get("api/collections/:collection/thumb.jpg", use: collectionThumb)
    }

    private func send(_ kind: Derivative.Kind, _ request: Request, _ context: ReaderContext) async throws -> Response {
        let id = try context.identifier("picture", of: "picture", as: PictureID.self)
        return try await send(id, kind, request, context)
    }

    @Sendable private func tile(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let parts = (context.parameters.get("tile") ?? "").split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 2, let column = Int(parts[0]), let row = Int(parts[1]), (0..<256).contains(column),
            (0..<256).contains(row)
        else { throw Failure.notFound("tile") }
        return try await send(.tile(column: column, row: row), request, context)
    }

    /// The thumbnail of the first picture that the viewer sees.
    @Sendable private func collectionThumb(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let id = try context.identifier("collection", of: "collection", as: SequenceID.self)
        let first = try await services.catalogue.pictures.items(of: id, afterRank: 0, limit: 1, viewer: context.viewer)
        guard let picture = first.first?.picture else { throw Failure.notFound("collection") }
        return try await send(picture.id, .thumb, request, context)
    }

    private func send(
        _ id: PictureID, _ kind: Derivative.Kind, _ request: Request, _ context: ReaderContext
    ) async throws -> Response {
        guard let file = try await services.catalogue.pictures.file(id, kind: kind, viewer: context.viewer) else {
            throw Failure.notFound("picture")
        }
        let sender = FileSender(channel: context.channel, usesTLS: services.configuration.usesTLS)
        let image = PictureImage(
            store: services.store, file: file, sender: sender, address: services.pictureAddress)
        return try await image.response(to: request)
    }
}

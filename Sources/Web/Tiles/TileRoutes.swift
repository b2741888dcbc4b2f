import Catalogue
import Crypto
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Vector tiles, and the style that draws them.
struct TileRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let reader = router.group(context: ReaderContext.self)
        reader.get("api/map/:z/:x/{y}.mvt", use: tile)
        reader.get("api/map/:z/:x/{y}.pbf", use: tile)
        reader.get("api/map/style.json", use: style)
    }

    @Sendable private func tile(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let numbers = ["z", "x", "y"].compactMap { context.parameters.get($0).flatMap { Int($0) } }
        guard numbers.count == 3, let address = TileAddress(z: numbers[0], x: numbers[1], y: numbers[2]) else {
            throw Failure.notFound("tile")
        }
        let version = try await services.catalogue.map.version(viewer: context.viewer)
        let tag = Self.tag(address, version: version)
        var headers: HTTPFields = [
            .cacheControl: "private, no-cache", .vary: "Cookie, Authorization", .eTag: tag.text,
        ]
        let known = request.headers[values: .ifNoneMatch]
        if !known.isEmpty, tag.matches(ifNoneMatch: known) { return Response(status: .notModified, headers: headers) }
        let bytes = try await VectorTile(address: address, catalogue: services.catalogue, viewer: context.viewer)
            .bytes()
        // Editors never ask again for a tile that was anything but a success: an empty one is one.
        guard !bytes.isEmpty else { return Response(status: .noContent, headers: headers) }
        headers[.contentType] = "application/vnd.mapbox-vector-tile"
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private static func tag(_ address: TileAddress, version: String) -> EntityTag {
        let text = "\(version)|\(address.z)/\(address.x)/\(address.y)"
        return EntityTag(SHA256.hash(data: Data(text.utf8)).prefix(12).map(hexByte).joined())
    }

    @Sendable private func style(_ request: Request, _ context: ReaderContext) async throws -> Response {
        .json(MapStyle(name: services.configuration.instanceName, baseURL: context.baseURL).json)
    }
}

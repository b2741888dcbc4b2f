import Catalogue
import Crypto
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Answers with a vector tile: from memory while nothing has changed, not at all to who has it already.
struct TileResponse: Sendable {
    let map: MapStore
    let cache: TileCache

    /// Counts up when the same pictures are drawn in another way, so that no client keeps an old drawing.
    private static let drawing = 3
    /// A smaller tile is not worth packing.
    private static let leastPacked = 1024

    func response(
        _ address: TileAddress, _ tile: MapTile, viewer: Viewer, to request: Request
    ) async throws -> Response {
        let key = TileCache.Key(tile: tile, viewer: viewer)
        let known = cache.entry(key)
        let theirs = request.headers[values: .ifNoneMatch]
        let (version, drawing) = try await map.drawing(of: tile, viewer: viewer) { version in
            known?.version != version && !Self.tag(tile, version).matches(ifNoneMatch: theirs)
        }
        let current = known.flatMap { $0.version == version ? $0 : nil }
        let tag = current?.tag ?? Self.tag(tile, version)
        let headers: HTTPFields = [
            .cacheControl: "private, no-cache", .vary: "Cookie, Authorization", .eTag: tag.text,
        ]
        if tag.matches(ifNoneMatch: theirs) { return Response(status: .notModified, headers: headers) }
        var entry = current
        if let drawing {
            let bytes = VectorTile(address: address, drawing: drawing).bytes
            let drawn = TileCache.Entry(version: version, tag: tag, plain: ByteBuffer(bytes: bytes))
            cache.keep(drawn, for: key)
            entry = drawn
        }
        // Editors never ask again for a tile that was anything but a success: an empty one is one.
        guard let entry, entry.plain.readableBytes > 0 else { return Response(status: .noContent, headers: headers) }
        return full(entry, key, headers, packed: Compression.accepts(request.headers[.acceptEncoding]))
    }

    private func full(
        _ entry: TileCache.Entry, _ key: TileCache.Key, _ headers: HTTPFields, packed: Bool
    ) -> Response {
        var headers = headers
        headers[.contentType] = "application/vnd.mapbox-vector-tile"
        guard packed, entry.plain.readableBytes >= Self.leastPacked else {
            return Response(status: .ok, headers: headers, body: .init(byteBuffer: entry.plain))
        }
        var entry = entry
        if entry.packed == nil {
            entry.packed = Compression.gzip(Array(entry.plain.readableBytesView))
            cache.keep(entry, for: key)
        }
        guard let body = entry.packed else {
            return Response(status: .ok, headers: headers, body: .init(byteBuffer: entry.plain))
        }
        headers[.contentEncoding] = "gzip"
        headers[.vary] = "Cookie, Authorization, Accept-Encoding"
        headers[.eTag] = EntityTag(entry.tag.opaque + EntityTag.compressedSuffix).text
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: body))
    }

    /// Of the version too, which counts changes that are nobody's business: a hash of it.
    private static func tag(_ tile: MapTile, _ version: String) -> EntityTag {
        let choice = "\(tile.choice.account?.string ?? "")|\(tile.choice.label?.string ?? "")"
        let text = "\(drawing)|\(version)|\(tile.z)/\(tile.x)/\(tile.y)|\(choice)|\(tile.layers.count)"
        return EntityTag(Base64URL.encode(Data(SHA256.hash(data: Data(text.utf8)).prefix(12))))
    }
}

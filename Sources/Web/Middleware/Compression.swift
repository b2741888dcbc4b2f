import CZlib
import HTTPTypes
import Hummingbird
import NIOCore

/// Compresses text, JSON and vector tiles above 1 KiB with gzip, for clients that say so. Never pictures, never parts.
struct Compression: RouterMiddleware {
    typealias Context = WebContext

    private static let sizes = 1024...(16 << 20)
    private static let level: Int32 = 5

    func handle(
        _ request: Request, context: WebContext, next: NextHandler
    ) async throws -> Response {
        var response = try await next(request, context)
        guard Self.isCompressible(response) else { return response }
        response.headers[.vary] = [response.headers[.vary], "Accept-Encoding"].compactMap(\.self)
            .joined(separator: ", ")
        guard [.get, .post, .head].contains(request.method), Self.accepts(request.headers[.acceptEncoding])
        else { return response }
        if request.method == .head, response.body.contentLength == 0 {
            // Of a file whose bytes were not read for this: what they would become is not known.
            guard let size = response.headers[.contentLength].flatMap({ Int($0) }), Self.sizes.contains(size)
            else { return response }
            Self.mark(&response)
            response.leaveLengthOpen()
            return response
        }
        guard let size = response.body.contentLength, Self.sizes.contains(size) else { return response }
        let collector = BodyCollector()
        try await response.body.write(collector)
        let plain = collector.bytes
        guard let packed = Self.gzip(plain) else {
            response.body = ResponseBody(byteBuffer: ByteBuffer(bytes: plain))
            return response
        }
        response.body = ResponseBody(byteBuffer: packed)
        response.headers[.contentLength] = "\(packed.readableBytes)"
        Self.mark(&response)
        return response
    }

    /// A compressed form is another representation, with a tag of its own.
    private static func mark(_ response: inout Response) {
        response.headers[.contentEncoding] = "gzip"
        if let tag = response.headers[.eTag], tag.hasSuffix("\"") {
            response.headers[.eTag] = "\(tag.dropLast())\(EntityTag.compressedSuffix)\""
        }
    }

    private static func isCompressible(_ response: Response) -> Bool {
        guard response.headers[.contentEncoding] == nil, response.headers[.contentRange] == nil,
            let type = response.headers[.contentType]
        else { return false }
        // The two that are most of what is served are told by their beginning.
        if type.hasPrefix("image/jpeg") { return false }
        return type.hasPrefix("application/geo+json") || type.hasPrefix("text/") || type.contains("json")
            || type.contains("javascript")
            || type.contains("yaml") || type.contains("xml")
            || type.hasPrefix("application/vnd.mapbox-vector-tile") || type.hasPrefix("image/svg")
    }

    /// Only an explicit `gzip`: `*` would allow encodings that the client cannot read.
    static func accepts(_ header: String?) -> Bool {
        guard let header else { return false }
        return header.lowercased().split(separator: ",").contains { entry in
            let parts = entry.split(separator: ";").map { $0.filter { $0 != " " } }
            guard parts.first == "gzip" else { return false }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
            return (quality ?? 1) > 0
        }
    }

    /// One gzip member; nil when zlib fails.
    static func gzip(_ plain: [UInt8]) -> ByteBuffer? {
        let capacity = czlib_gzip_bound(plain.count)
        var target = [UInt8](repeating: 0, count: capacity)
        let written = czlib_gzip(plain, plain.count, &target, capacity, level)
        return written > 0 ? ByteBuffer(bytes: target.prefix(written)) : nil
    }
}

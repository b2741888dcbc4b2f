import HTTPTypes
import Hummingbird
import NIOCore

/// Serves the public folder, for paths that no route has. The files hold nothing that needs a login.
struct StaticFiles: RouterMiddleware {
    typealias Context = WebContext

    private let folder: StaticFolder

    init(folder: String) { self.folder = StaticFolder(folder) }

    func handle(
        _ request: Request, context: WebContext, next: NextHandler
    ) async throws -> Response {
        guard context.endpointPath == nil, request.method == .get || request.method == .head,
            let file = try await folder.file(at: request.uri.path)
        else { return try await next(request, context) }
        var headers: HTTPFields = [
            .contentType: file.type, .cacheControl: "no-cache", .vary: "Accept-Encoding",
        ]
        var bytes = file.bytes
        var tag = file.tag
        // Parts are parts of the plain form only.
        if let packed = file.gzip, request.headers[.range] == nil, Compression.accepts(request.headers[.acceptEncoding])
        {
            headers[.contentEncoding] = "gzip"
            bytes = packed
            tag = EntityTag(file.tag.opaque + EntityTag.compressedSuffix)
        }
        let answer = RangeResponse(size: Int64(bytes.count), tag: tag, modified: file.modified, headers: headers)
        return try await answer.response(to: request) { range in
            guard let range else { return ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)) }
            return ResponseBody(byteBuffer: ByteBuffer(bytes: bytes[Int(range.lowerBound)..<Int(range.upperBound)]))
        }
    }
}

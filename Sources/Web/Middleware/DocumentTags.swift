import Crypto
import Domain
import HTTPTypes
import Hummingbird
import NIOCore

/// Gives JSON documents a strong entity tag, and answers 304 to who has the document already (RFC 9110 §13.1.2).
///
/// It saves sending, not making: rights are checked anew each time.
struct DocumentTags: RouterMiddleware {
    typealias Context = WebContext

    /// Bytes; lists, which are longer, change too often for a tag to be worth its time.
    private static let largest = 16 << 10

    func handle(_ request: Request, context: WebContext, next: NextHandler) async throws -> Response {
        var response = try await next(request, context)
        guard request.method == .get || request.method == .head, response.status == .ok,
            response.headers[.contentType]?.contains("json") == true
        else { return response }
        if response.headers[.eTag] == nil {
            guard let size = response.body.contentLength, size > 0, size <= Self.largest else { return response }
            let collector = BodyCollector()
            try await response.body.write(collector)
            let bytes = collector.bytes
            response.body = ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
            // The same that `If-Match` is compared with.
            response.headers[.eTag] = EntityTag(HexadecimalText.of(SHA256.hash(data: bytes).prefix(12))).text
        }
        let known = request.headers[values: .ifNoneMatch]
        guard !known.isEmpty, let tag = response.headers[.eTag], tag.hasPrefix("\""),
            EntityTag(String(tag.dropFirst().dropLast())).matches(ifNoneMatch: known)
        else { return response }
        var headers = response.headers
        headers[.contentType] = nil
        headers[.contentLength] = nil
        return Response(status: .notModified, headers: headers)
    }
}

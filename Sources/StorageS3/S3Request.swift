import NIOCore
import NIOHTTP1
import Storage

/// One request to the store, not yet signed: each attempt is signed anew, since signatures have a time.
struct S3Request: Sendable {
    enum Body: Sendable {
        case none
        case bytes(ByteBuffer)
        case file(OpenFile, Range<Int64>)

        var size: Int64 {
            switch self {
            case .none: 0
            case .bytes(let buffer): Int64(buffer.readableBytes)
            case .file(_, let range): Int64(range.count)
            }
        }
    }

    let method: HTTPMethod
    /// The object's name; nil for the bucket itself.
    let path: String?
    var query: [(name: String, value: String)] = []
    var headers: [(name: String, value: String)] = []
    private(set) var body = Body.none
    private(set) var payloadHash = CanonicalRequest.emptyPayloadHash
    /// False to ask as anybody could.
    var isSigned = true

    init(_ method: HTTPMethod, _ path: String?, query: [(name: String, value: String)] = []) {
        self.method = method
        self.path = path
        self.query = query
    }

    /// With a body that the store compares with its digests.
    func sending(_ body: Body, _ digests: FileDigests) -> S3Request {
        var request = self
        request.body = body
        request.payloadHash = digests.sha256
        request.headers.append(("Content-MD5", digests.contentMD5))
        return request
    }

    /// With a small document.
    func sending(_ text: String) -> S3Request {
        let buffer = ByteBuffer(string: text)
        return sending(.bytes(buffer), FileDigests(buffer))
    }
}

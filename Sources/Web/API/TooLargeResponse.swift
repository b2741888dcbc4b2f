import Domain
import HTTPTypes
import Hummingbird
import NIOCore

/// Refuses a body that announces more than the limit without taking all of it: the answer goes out, a little more is
/// read so that the client gets to see it, and the connection is cut.
struct TooLargeResponse {
    let limit: Int64
    let language: Language
    let sentences: Sentences
    private static let patience = 64 << 20

    /// - Parameter limit: bytes of a picture.
    init(limit: Int64, _ language: Language, _ configuration: WebConfiguration) {
        self.limit = limit
        self.language = language
        sentences = .of(language, folder: configuration.templatesFolder)
    }

    func closing(_ request: Request) -> Response {
        let megabytes = max(1, limit / 1_000_000)
        let problem = Problem(
            Failure(.tooLarge, "A picture is at most \(megabytes) MB.", details: ["limit": "\(limit)"]))
        let plain = problem.response(language, sentences)
        let document = ByteBuffer(bytes: problem.json(sentences).bytes)
        let body = request.body
        let length = document.readableBytes
        var response = Response(
            status: plain.status, headers: plain.headers,
            body: ResponseBody(contentLength: length) { writer in
                try await writer.write(document)
                try await writer.finish(nil)
                var taken = 0
                for try await chunk in body {
                    taken += chunk.readableBytes
                    if taken > Self.patience { throw ConnectionCut() }
                }
            })
        response.headers[.connection] = "close"
        return response
    }
}

import HTTPTypes
import Hummingbird

extension Response {
    /// The same answer, after which the connection is closed with the rest of the request unread.
    ///
    /// - Parameters:
    ///   - limit: bytes of the request's body that are taken first, once the answer is out: a client that is still
    ///     sending may not look for an answer before.
    ///   - request: a body that nobody has begun to read.
    func cuttingConnection(afterTaking limit: Int64 = 0, of request: RequestBody? = nil) -> Response {
        var response = self
        let body = self.body
        response.headers[.connection] = "close"
        response.body = ResponseBody(contentLength: body.contentLength) { writer in
            try await body.write(writer)
            if let request {
                var taken: Int64 = 0
                for try await buffer in request {
                    taken += Int64(buffer.readableBytes)
                    if taken > limit { break }
                }
            }
            throw ConnectionCut()
        }
        return response
    }
}

/// Thrown after a complete answer: the server closes a connection whose answer ends with an error.
struct ConnectionCut: Error {}

import HTTPTypes
import Hummingbird

extension Response {
    /// The same answer, which says that it is the last of its connection.
    func closing() -> Response {
        var response = self
        response.headers[.connection] = "close"
        return response
    }

    /// The same answer, after which the connection is closed with the rest of the request unread.
    func cuttingConnection() -> Response {
        closing().following { throw ConnectionCut() }
    }

    /// The same answer, after which so many bytes of the request's body are taken: a client that is still sending may not
    /// look for an answer before. Unless it ends by then, the connection is closed.
    ///
    /// - Parameter request: a body that nobody has begun to read.
    func taking(_ limit: Int64, of request: RequestBody) -> Response {
        following {
            var taken: Int64 = 0
            for try await buffer in request {
                taken += Int64(buffer.readableBytes)
                if taken > limit { throw ConnectionCut() }
            }
        }
    }

    /// The same answer, with something to be done once it is out.
    private func following(_ action: @escaping @Sendable () async throws -> Void) -> Response {
        var response = self
        let body = self.body
        response.body = ResponseBody(contentLength: body.contentLength) { writer in
            try await body.write(writer)
            try await action()
        }
        return response
    }
}

/// Thrown after a complete answer: the server closes a connection whose answer ends with an error.
struct ConnectionCut: Error {}

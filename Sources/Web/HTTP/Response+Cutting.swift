import HTTPTypes
import Hummingbird

extension Response {
    /// The same answer, after which the connection is closed with the rest of the request unread.
    func cuttingConnection() -> Response {
        var response = self
        let body = self.body
        response.headers[.connection] = "close"
        response.body = ResponseBody(contentLength: body.contentLength) { writer in
            try await body.write(writer)
            throw ConnectionCut()
        }
        return response
    }
}

/// Thrown after a complete answer: the server closes a connection whose answer ends with an error.
struct ConnectionCut: Error {}

import AsyncHTTPClient
import NIOCore

/// A fetched picture in the form in which `Intake` takes pictures (RFC 7578), streamed as it comes.
struct PictureForm: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    let body: HTTPClientResponse.Body
    let head: ByteBuffer
    let tail: ByteBuffer
    let boundary: String

    init(_ body: HTTPClientResponse.Body, name: String, id: String?, boundary: String) {
        self.body = body
        self.boundary = boundary
        var head = Self.field("path", name, boundary)
        if let id { head += Self.field("picture_id", id, boundary) }
        head += """
            --\(boundary)\r\nContent-Disposition: form-data; name="file"; filename="picture.jpg"\r\n\
            Content-Type: image/jpeg\r\n\r\n
            """
        self.head = ByteBuffer(string: head)
        tail = ByteBuffer(string: "\r\n--\(boundary)--\r\n")
    }

    private static func field(_ name: String, _ value: String, _ boundary: String) -> String {
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }

    /// Bytes of the whole form around a picture of so many.
    func length(of picture: Int64) -> Int64 { Int64(head.readableBytes + tail.readableBytes) + picture }

    struct Iterator: AsyncIteratorProtocol {
        private enum Part { case head, body, end }

        private var part = Part.head
        private var pieces: HTTPClientResponse.Body.AsyncIterator
        private let form: PictureForm

        init(_ form: PictureForm) {
            self.form = form
            pieces = form.body.makeAsyncIterator()
        }

        @concurrent mutating func next() async throws -> ByteBuffer? {
            switch part {
            case .head:
                part = .body
                return form.head
            case .body:
                if let piece = try await pieces.next() { return piece }
                part = .end
                return form.tail
            case .end:
                return nil
            }
        }
    }

    func makeAsyncIterator() -> Iterator { Iterator(self) }
}

import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// A JSON document that belongs to whoever asked: never kept by a shared cache, checked anew each time.
    package static func json(
        _ value: JSON, status: HTTPResponse.Status = .ok, type: String = "application/json; charset=utf-8"
    ) -> Response {
        json(text: value.bytes, status: status, type: type)
    }

    /// The same of a document that is written already.
    static func json(text: [UInt8], status: HTTPResponse.Status = .ok, type: String) -> Response {
        let headers: HTTPFields = [
            .contentType: type, .cacheControl: "private, no-cache", .vary: "Cookie, Authorization",
        ]
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: text)))
    }

    /// GeoJSON (RFC 7946), as above.
    package static func geoJSON(_ value: JSON) -> Response { json(value, type: "application/geo+json; charset=utf-8") }

    /// Success with nothing to say.
    package static var noContent: Response { Response(status: .noContent) }

    /// To another page (RFC 9110 §15.4.4).
    package static func redirect(seeOther location: String) -> Response {
        Response(status: .seeOther, headers: [.location: location, .cacheControl: "no-store"])
    }
}

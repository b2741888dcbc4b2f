import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Intake
import NIOCore

/// The one small file of a form that a page posted as `multipart/form-data` (RFC 7578).
enum PageFile {
    /// Nil when the request is another kind of form.
    ///
    /// - Parameter limit: bytes of the file.
    /// - Returns: its bytes; none when nothing was chosen.
    /// - Throws: `.invalid` for a malformed form, `.tooLarge`.
    static func read(_ name: String, _ request: Request, upTo limit: Int) async throws -> Data? {
        guard let type = request.headers[.contentType], let boundary = MultipartParser.boundary(contentType: type)
        else { return nil }
        try request.refuseContentEncoding()
        let whole = try await request.body.collect(upTo: limit + (64 << 10))
        var parser = try MultipartParser(boundary: boundary)
        parser.append(whole)
        var (bytes, isWanted) = (Data(), false)
        while let event = try parser.next() {
            switch event {
            case .partBegan(let headers): isWanted = headers.name == name
            case .data(let buffer): if isWanted { bytes.append(contentsOf: buffer.readableBytesView) }
            case .partEnded: isWanted = false
            case .finished: break
            }
        }
        try parser.end()
        return bytes
    }
}

import Catalogue
import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Storage

/// One stored file of a picture as an answer.
struct PictureImage: Sendable {
    let store: any ObjectStore
    let file: PictureFile
    let sender: FileSender?

    /// Never kept by shared caches, and asked for anew each time: hiding takes effect at once.
    private static let headers: HTTPFields = [
        .contentType: "image/jpeg", .cacheControl: "private, no-cache", .vary: "Cookie, Authorization",
        .xContentTypeOptions: "nosniff", .crossOriginResourcePolicy: "same-origin",
    ]

    func response(to request: Request) async throws -> Response {
        let derivative = file.derivative
        let answer = RangeResponse(
            size: derivative.size, tag: EntityTag(derivative.sha256), modified: file.updatedAt, headers: Self.headers)
        return try await answer.response(to: request) { range in
            let key = ObjectKey.derivative(file.pictureID, revision: file.revision, derivative.kind)
            return try await store.body(of: key, size: derivative.size, range: range, sender: sender)
        }
    }
}

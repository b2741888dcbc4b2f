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
    /// Makes an address of the storage itself, where clients may fetch from it.
    var address: (@Sendable (ObjectKey) -> String?)?

    /// Never kept by shared caches, and asked for anew each time: hiding takes effect at once.
    private static let headers: HTTPFields = [
        .contentType: "image/jpeg", .cacheControl: "private, no-cache", .vary: "Cookie, Authorization",
        .xContentTypeOptions: "nosniff", .crossOriginResourcePolicy: "same-origin",
    ]

    func response(to request: Request) async throws -> Response {
        let derivative = file.derivative
        let key = ObjectKey.derivative(file.pictureID, revision: file.revision, derivative.kind)
        let answer = RangeResponse(
            size: derivative.size, tag: EntityTag(derivative.sha256), modified: file.updatedAt, headers: Self.headers)
        if Self.isProgram(request), answer.sends(to: request), let address = address?(key) {
            return Self.redirect(to: address)
        }
        return try await answer.response(to: request) { range in
            try await store.body(of: key, size: derivative.size, range: range, sender: sender)
        }
    }

    /// Browsers get pictures from here: a page may neither show in a canvas nor read what comes from another origin, unless
    /// the bucket has rules for it. Each of these headers is of a browser.
    private static func isProgram(_ request: Request) -> Bool {
        let browsers: [HTTPField.Name] = [.cookie, .origin, .referer, .secFetchSite]
        return browsers.allSatisfy { request.headers[$0] == nil }
    }

    /// Not to be kept: who asks again has to be looked at again.
    private static func redirect(to address: String) -> Response {
        Response(
            status: .found,
            headers: [.location: address, .cacheControl: "private, no-store", .vary: "Cookie, Authorization"])
    }
}

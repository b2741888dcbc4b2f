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
            try await body(range ?? 0..<derivative.size, isWhole: range == nil)
        }
    }

    private func body(_ range: Range<Int64>, isWhole: Bool) async throws -> ResponseBody {
        let key = ObjectKey.derivative(file.pictureID, revision: file.revision, file.derivative.kind)
        // The object is opened here, so that one that is missing is a 404 and not a broken stream.
        switch try await store.read(key, range: isWhole ? nil : range) {
        case .whole(let buffer):
            return ResponseBody(byteBuffer: buffer)
        case .stream(let read):
            return ResponseBody(contentLength: range.count) { writer in
                try await read { @concurrent chunk in try await writer.write(chunk) }
                try await writer.finish(nil)
            }
        }
    }
}

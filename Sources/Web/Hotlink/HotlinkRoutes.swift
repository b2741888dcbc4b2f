import Catalogue
import Crypto
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The newest picture of a camera label for everybody, without a login, where an administrator says so.
///
/// A label that is not there, one that shows nothing, and a size that is none are all the same 404, whoever asks.
struct HotlinkRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        router.get("hotlink/:label/{size}.jpg", use: send)
    }

    /// How often the question is asked anew when a picture is hidden or made anew just while it is being copied.
    private static let tries = 5

    @Sendable private func send(_ request: Request, _ context: WebContext) async throws -> Response {
        guard let name = context.parameters.get("label")?.removingPercentEncoding,
            let rendition = Hotlink.sizes.first(where: { $0.text == context.parameters.get("size") })
        else { throw Self.nothing }
        for _ in 0..<Self.tries {
            // Each time, and before anything is compared: what is hidden now is not confirmed to be what one has.
            let view = try await services.catalogue.hotlinks.shown(byLabel: name, at: services.clock())
            guard let view else { throw Self.nothing }
            guard let shown = view.picture else {
                services.hotlinks.clear(view.labelID)
                return answer(HotlinkPlaceholder.copy(of: rendition), to: request)
            }
            do {
                let copies = HotlinkCopies(services: services)
                let copy = try await copies.copy(rendition, of: shown, on: view.labelID)
                // A copy may have taken its time; it is for the picture that everybody may see now, not a while ago.
                let now = try await services.catalogue.hotlinks.shown(byLabel: name, at: services.clock())
                guard now?.picture == shown else { continue }
                return answer(copy, to: request)
            } catch let failure as Failure where failure.code == .notFound {
                continue
            }
        }
        throw Failure(.unavailable, "The newest picture changes too quickly. Try again in a little while.")
    }

    /// Not as a failure, which would be "sign in first" to a guest: there is nothing to sign in for.
    private static let nothing = Problem(Failure.notFound("hotlink"))

    /// Kept by whoever likes, and asked for anew each time: so a picture that is hidden is gone at once. Other sites may
    /// show it: that is what it is for.
    private static let headers: HTTPFields = [
        .contentType: "image/jpeg", .cacheControl: "no-cache", .xContentTypeOptions: "nosniff",
        .crossOriginResourcePolicy: "cross-origin",
    ]

    private func answer(_ copy: HotlinkShelf.Copy, to request: Request) -> Response {
        let tag = EntityTag(copy.sha256)
        var headers = Self.headers
        headers[.eTag] = tag.text
        if tag.matches(ifNoneMatch: request.headers[values: .ifNoneMatch]) {
            headers[.contentType] = nil
            return Response(status: .notModified, headers: headers)
        }
        guard request.method != .head else {
            headers[.contentLength] = "\(copy.bytes.readableBytes)"
            return Response(status: .ok, headers: headers)
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: copy.bytes))
    }
}

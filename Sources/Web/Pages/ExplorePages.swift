import Domain
import Hummingbird

/// The map with its pictures; everything on it is fetched by its script.
struct ExplorePages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        router.group(context: ReaderContext.self).get("/", use: show)
    }

    private struct Content: Sendable {
        let mayUpload: Bool
    }

    @Sendable private func show(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let words = try renderer.words(context.language)
        return try renderer.response(
            .explore, title: words("common.explore"), path: "/", visitor: PageVisitor(context),
            content: Content(mayUpload: context.account?.role.mayUpload == true))
    }
}

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
        /// Whether the visitor may put pictures into pages of other sites.
        let mayEmbed: Bool
        /// Whether there may be pictures that the visitor can correct: all those they see, or their own.
        let mayCorrect: Bool
        let corrects: String
        let account: String
    }

    private func content(_ account: Account?) -> Content {
        let role = account?.role
        return Content(
            mayUpload: role?.mayUpload == true, mayEmbed: role?.mayUpload == true, mayCorrect: role?.mayUpload == true,
            corrects: role?.mayManageGrantedLabels == true ? "all" : "own", account: account?.id.string ?? "")
    }

    @Sendable private func show(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let words = try renderer.words(context.language)
        return try renderer.response(
            .explore, title: words("common.explore"), path: "/", visitor: PageVisitor(context),
            content: content(context.account))
    }
}

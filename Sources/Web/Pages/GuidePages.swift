import Hummingbird

/// The field guide: two sheets to print for those who carry the cameras. It says nothing that is not for everybody.
struct GuidePages: Sendable {
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        router.get("guide", use: show)
    }

    private struct Content: Sendable {
        let address: String
    }

    @Sendable private func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let words = try renderer.words(context.language)
        return try renderer.response(
            .guide, title: words("guide.title"), path: "/guide", visitor: PageVisitor(context),
            content: Content(address: context.baseURL))
    }
}

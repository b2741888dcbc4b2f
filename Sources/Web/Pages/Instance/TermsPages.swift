import Domain
import HTTPTypes
import Hummingbird
import NIOCore

/// The terms of use, and the instance's colours: for everybody, before they sign in.
struct TermsPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        router.get("terms", use: show)
        router.get("instance.css", use: colours)
    }

    private struct Content: Sendable {
        let language: String
        let hasTerms: Bool
        let blocks: [TermsText.Block]
        let mayEdit: Bool
    }

    @Sendable private func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let words = try renderer.words(context.language)
        let terms = services.terms(context.language)
        let content = Content(
            language: (terms?.language ?? context.language).rawValue, hasTerms: terms != nil,
            blocks: TermsText(terms?.text ?? "").blocks, mayEdit: context.account?.role.isAdmin == true)
        return try renderer.response(
            .terms, title: words("terms.title"), path: "/terms", visitor: PageVisitor(context), content: content)
    }

    /// A style sheet of a few tokens; empty when no colour was chosen.
    @Sendable private func colours(_ request: Request, _ context: WebContext) async throws -> Response {
        var text = ""
        if let accent = try services.instance.settings.accent.map(AccentColour.init) {
            text = """
                :root { --accent: \(accent.text); --accent-dark: \(accent.mixed(-0.3).text); \
                --accent-wash: \(accent.mixed(0.9).text); --on-accent: #ffffff; }
                @media (prefers-color-scheme: dark) { :root { --accent: \(accent.onDark.text); \
                --accent-dark: \(accent.onDark.mixed(0.35).text); --accent-wash: \(accent.mixed(-0.55).text); \
                --on-accent: #06181c; } }

                """
        }
        return Response(
            status: .ok, headers: [.contentType: "text/css; charset=utf-8", .cacheControl: "no-cache"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}

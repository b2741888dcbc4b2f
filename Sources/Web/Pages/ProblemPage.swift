import Hummingbird

/// What a person sees when a page cannot be shown.
enum ProblemPage {
    private struct Content: Sendable {
        let title: String
        let text: String
    }

    /// The HTML for a problem; `message` is one sentence, used where there is no translated one.
    static func html(status: Int, message: String, context: WebContext, services: WebServices) -> String {
        let renderer = PageRenderer(services: services)
        guard let words = try? renderer.words(context.language) else { return plain(message) }
        let content = Content(title: title(status, words), text: text(status, words) ?? message)
        let html = try? renderer.html(
            .problem, title: content.title, path: "", visitor: PageVisitor(context), content: content)
        return html ?? plain(message)
    }

    private static func title(_ status: Int, _ words: PageWords) -> String {
        switch status {
        case 403: words("problem.title403")
        case 404, 405: words("problem.title404")
        case 500...: words("problem.title500")
        default: words("problem.title400")
        }
    }

    private static func text(_ status: Int, _ words: PageWords) -> String? {
        switch status {
        case 403, 404, 429, 500, 503: words("problem.text\(status)")
        case 405: words("problem.text404")
        case 400..<500: words("problem.text400")
        default: nil
        }
    }

    /// Without templates there is still a sentence to say.
    private static func plain(_ message: String) -> String {
        let escaped = message.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Wayside</title><p>\(escaped)</p></html>"
    }
}

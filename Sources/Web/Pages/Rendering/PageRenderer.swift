import Domain
import HTTPTypes
import Hummingbird
import Mustache
import NIOCore

/// Turns view models into answers.
struct PageRenderer: Sendable {
    let services: WebServices

    /// The words of a language; throws `.internalError` when they cannot be read.
    func words(_ language: Language) throws -> PageWords {
        try PageDictionary.words(language, folder: services.configuration.templatesFolder)
    }

    /// The HTML of a page.
    ///
    /// - Parameter path: the page's address, which language switch and reload go to.
    func html(_ page: Page, title: String, path: String, visitor: PageVisitor, content: any Sendable) throws -> String {
        let words = try words(visitor.language)
        let frame = PageFrame(
            page: page, title: title, path: path, visitor: visitor, words: words, services: services)
        let model = PageModel(frame: frame, words: words, content: content)
        guard let html = services.templates.render(model, withTemplate: page.template) else {
            throw Failure(.internalError, "The template \(page.template) is missing.")
        }
        return html
    }

    /// A page as an answer; one that shows a secret is kept nowhere.
    func response(
        _ page: Page, title: String, path: String, visitor: PageVisitor, content: any Sendable,
        status: HTTPResponse.Status = .ok, isSecret: Bool = false
    ) throws -> Response {
        let html = try html(page, title: title, path: path, visitor: visitor, content: content)
        return Response(
            status: status,
            headers: [
                .contentType: "text/html; charset=utf-8", .cacheControl: isSecret ? "no-store" : "private, no-cache",
                .vary: "Cookie, Accept-Language",
            ],
            body: .init(byteBuffer: ByteBuffer(string: html)))
    }
}

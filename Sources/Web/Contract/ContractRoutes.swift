import HTTPTypes
import Hummingbird
import NIOCore

/// The contract of the API: as YAML, as JSON, and as a page. It tells nothing of what is in the catalogue.
struct ContractRoutes: Sendable {
    let services: WebServices

    /// The media type that OpenAPI documents are linked with.
    static let mediaType = "application/vnd.oai.openapi+json;version=3.1"

    func add(to router: Router<WebContext>) {
        router.get("api/docs", use: page)
        router.get("api/docs/swagger", use: leadToPage)
        router.get("api/docs/openapi.yaml", use: yaml)
        router.get("api/docs/openapi.json", use: json)
    }

    private var file: ContractFile { get throws { try .at(services.configuration.contractFile) } }

    @Sendable private func yaml(_ request: Request, _ context: WebContext) async throws -> Response {
        let file = try file
        return try await answer(file.yaml, of: file, type: "application/yaml", to: request)
    }

    @Sendable private func json(_ request: Request, _ context: WebContext) async throws -> Response {
        let file = try file
        return try await answer(file.json, of: file, type: Self.mediaType, to: request)
    }

    private func answer(_ bytes: [UInt8], of file: ContractFile, type: String, to request: Request) async throws
        -> Response
    {
        let answer = RangeResponse(
            size: Int64(bytes.count), tag: ContractFile.tag(of: bytes), modified: file.modified,
            headers: [.contentType: type, .cacheControl: "no-cache"])
        return try await answer.response(to: request) { range in
            guard let range else { return .init(byteBuffer: ByteBuffer(bytes: bytes)) }
            return .init(byteBuffer: ByteBuffer(bytes: bytes[Int(range.lowerBound)..<Int(range.upperBound)]))
        }
    }

    @Sendable private func page(_ request: Request, _ context: WebContext) async throws -> Response {
        let renderer = PageRenderer(services: services)
        let words = try renderer.words(context.language)
        return try renderer.response(
            .docs, title: words("docs.title"), path: "/api/docs", visitor: PageVisitor(context),
            content: ContractPageContent(contract: try file.contract, words: words))
    }

    /// Panoramax' address of the page.
    @Sendable private func leadToPage(_ request: Request, _ context: WebContext) async throws -> Response {
        .redirect(seeOther: "/api/docs")
    }
}

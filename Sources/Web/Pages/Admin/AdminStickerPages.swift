import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// A sheet of stickers for a camera, to be printed: its name, and a code that leads to the page where its cards are sent from.
struct AdminStickerPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        router.group(context: AdminContext.self).get("admin/labels/:label/stickers", use: show)
    }

    private struct Content: Sendable {
        struct Sticker: Sendable {
            let label: String
            let side: String
            let path: String
            let instance: String
            let what: String
            let address: String
        }

        let title: String
        let label: String
        let sizes: [PageOption]
        let languages: [PageOption]
        let size: String
        let language: String
        let codeName: String
        let address: String
        /// The address leads nowhere from another machine.
        let isLocal: Bool
        let stickers: [Sticker]
    }

    @Sendable private func show(_ request: Request, _ context: AdminContext) async throws -> Response {
        let words = try renderer.words(context.language)
        let query = Query(request.uri.query)
        guard let label = try await services.catalogue.labels.find(try context.labelID(), viewer: context.viewer) else {
            throw Failure.notFound("camera label")
        }
        let sheet = query["size"].flatMap(StickerSheet.init(rawValue:)) ?? .medium
        let language = query["language"].flatMap(Language.init(rawValue:)) ?? context.language
        let address = "\(context.baseURL)/upload?label=\(URLText.encode(label.name))"
        let code = try QRCode(address)
        let own = try renderer.words(language)
        let sticker = Content.Sticker(
            label: label.name, side: "\(code.side)", path: code.path, instance: services.instanceName,
            what: own("stickers.what"), address: Self.short(context.baseURL))
        let content = Content(
            title: words("stickers.title", ["label": label.name]), label: label.id.string,
            sizes: StickerSheet.allCases.map {
                PageOption($0.rawValue, words("stickers.\($0.rawValue)"), isSelected: $0 == sheet)
            },
            languages: Language.allCases.map { PageOption($0.rawValue, $0.ownName, isSelected: $0 == language) },
            size: sheet.rawValue, language: language.rawValue, codeName: own("stickers.code", ["label": label.name]),
            address: address,
            isLocal: ["localhost", "127.0.0.1", "[::1]"].contains { Self.short(context.baseURL).hasPrefix($0) },
            stickers: Array(repeating: sticker, count: sheet.count))
        return try renderer.response(
            .stickers, title: content.title, path: "/admin/labels/\(label.id)/stickers", visitor: PageVisitor(context),
            content: content)
    }

    /// Without the scheme, as one types it.
    private static func short(_ address: String) -> String {
        address.split(separator: "/", maxSplits: 2).last.map(String.init) ?? address
    }
}

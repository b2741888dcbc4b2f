import Catalogue
import Domain
import Foundation
import Hummingbird

/// Receipts for what one had erased.
struct ErasurePages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        router.group(context: SignedInContext.self).get("receipts", use: show)
    }

    private static let onPage = 50

    private struct Content: Sendable {
        struct Row: Sendable {
            let id: String
            let kind: String
            let subject: String
            let requested: PageTime
            let pictures: String
            let tone: String
            let state: String
        }

        let notice: PageNotice?
        let hasReceipts: Bool
        let receipts: [Row]
        let older: String?
    }

    @Sendable private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let words = try renderer.words(context.language)
        let query = Query(request.uri.query)
        let erasures = services.catalogue.erasures
        var before: Erasure?
        if let id = query["before"].flatMap({ ErasureID($0) }) {
            before = try await erasures.find(id, viewer: context.viewer)
        }
        let rows = try await erasures.list(before: before, limit: Self.onPage + 1, viewer: context.viewer)
        let shown = rows.prefix(Self.onPage)
        let content = Content(
            notice: .said(query, words), hasReceipts: !shown.isEmpty, receipts: shown.map { row($0, words) },
            older: rows.count > shown.count ? shown.last.map { "/receipts?before=\($0.id)" } : nil)
        return try renderer.response(
            .receipts, title: words("receipts.title"), path: "/receipts", visitor: PageVisitor(context),
            content: content)
    }

    private func row(_ erasure: Erasure, _ words: PageWords) -> Content.Row {
        let number = PageFormat(words.language).number(erasure.pictures)
        let isDone = erasure.finishedAt != nil
        return .init(
            id: erasure.id.string, kind: words("receipts.kind_\(erasure.kind.rawValue)"), subject: erasure.subject,
            requested: PageTime(erasure.requestedAt),
            pictures: erasure.handedOver > 0 ? words("receipts.handedOver", count: erasure.handedOver) : number,
            tone: isDone ? "good" : "warn", state: words(isDone ? "receipts.done" : "receipts.pending"))
    }
}

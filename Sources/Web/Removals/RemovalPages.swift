import Catalogue
import Domain
import Foundation
import Hummingbird

/// What one has deleted and can still take back.
struct RemovalPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.get("pictures/deleted", use: show)
        group.post("pictures/deleted", use: act)
    }

    private static let onPage = 50

    private struct Content: Sendable {
        struct Row: Sendable {
            let id: String
            let what: String
            let title: String
            /// For administrators: who deleted it.
            let requester: String?
            let requested: PageTime
            let due: PageTime
        }

        let notice: PageNotice?
        let lead: String
        let hasRows: Bool
        let rows: [Row]
        let older: String?
    }

    @Sendable private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try UploadRight.requireEditor(context.account)
        let words = try renderer.words(context.language)
        let query = Query(request.uri.query)
        return try await page(.said(query, words), before: query["before"].flatMap { RemovalID($0) }, context)
    }

    /// Takes back, or deletes for good; one or several that were deleted together. What is not there any more is said and
    /// keeps nothing else from being done.
    @Sendable private func act(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try UploadRight.requireEditor(context.account)
        let form = try await PageForm(request), words = try renderer.words(context.language)
        let removing = Removing(services: services, viewer: context.viewer)
        let isFinal = form["do"] == "finish"
        var pictures = 0, gone = 0
        for id in form.all("id").compactMap({ RemovalID($0) }) {
            do {
                if isFinal { _ = try await removing.finish(id) } else { pictures += try await removing.restore(id) }
            } catch let failure as Failure where failure.code == .notFound {
                gone += 1
            }
        }
        if gone > 0 { return try await page(.bad(words("removals.tooLate")), before: nil, context) }
        let text = isFinal ? words("removals.finished") : words("removals.restored", count: pictures)
        return try await page(.good(text), before: nil, context)
    }

    private func page(
        _ notice: PageNotice?, before id: RemovalID?, _ context: SignedInContext
    ) async throws -> Response {
        let words = try renderer.words(context.language)
        let removals = services.catalogue.removals
        var before: Removal?
        if let id { before = try await removals.find(id, viewer: context.viewer) }
        let rows = try await removals.list(before: before, limit: Self.onPage + 1, viewer: context.viewer)
        let shown = rows.prefix(Self.onPage)
        let content = Content(
            notice: notice, lead: RemovalWords(services: services, words: words).lead,
            hasRows: !shown.isEmpty, rows: shown.map { row($0, context.viewer, words) },
            older: rows.count > shown.count ? shown.last.map { "/pictures/deleted?before=\($0.id)" } : nil)
        return try renderer.response(
            .deleted, title: words("removals.title"), path: "/pictures/deleted", visitor: PageVisitor(context),
            content: content)
    }

    private func row(_ removal: Removal, _ viewer: Viewer, _ words: PageWords) -> Content.Row {
        let isOwn = removal.requestedBy == viewer.accountID
        return .init(
            id: removal.id.string,
            what: words("removals.kind_\(removal.kind.rawValue)", count: removal.pictures),
            title: removal.title, requester: isOwn ? nil : removal.requester ?? words("removals.nobody"),
            requested: PageTime(removal.requestedAt), due: PageTime(removal.dueAt))
    }
}

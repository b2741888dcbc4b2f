import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// Routes: what is sent where, what waits and what failed; for administrators.
struct AdminRoutePages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: AdminContext.self)
        group.get("admin/routes", use: list)
        group.post("admin/routes", use: create)
        group.post("admin/routes/:route/enabled", use: enable)
        group.post("admin/routes/:route/retry", use: retry)
        group.post("admin/routes/:route/delete", use: delete)
        group.post("admin/routes/:route/destinations/:number/check", use: check)
    }

    private var administration: RouteAdministration {
        RouteAdministration(catalogue: services.catalogue, support: services.routes)
    }

    struct Content: Sendable {
        let menu: AdminMenu
        let notice: PageNotice?
        let hasRoutes: Bool
        let routes: [RouteCard]
        let hasLabels: Bool
        let labels: [PageOption]
        let contents: [PageOption]
        let kinds: [PageOption]
        let hidden: [PageOption]
        let newestOnly: Bool
        /// What was typed, by field.
        let draft: [String: String]
    }

    @Sendable private func list(_ request: Request, _ context: AdminContext) async throws -> Response {
        let words = try renderer.words(context.language)
        return try await page(context, notice: .said(Query(request.uri.query), words), RouteDraft(form: nil))
    }

    @Sendable private func create(_ request: Request, _ context: AdminContext) async throws -> Response {
        let draft = RouteDraft(form: try await PageForm(request))
        do {
            _ = try await administration.create(try draft.route(), by: context.viewer)
            return .redirect(seeOther: "/admin/routes?said=routes.saved")
        } catch let failure as Failure where [.unprocessable, .conflict, .unavailable].contains(failure.code) {
            let sentence = services.sentences(context.language)(failure.message)
            return try await page(context, notice: .bad(sentence), draft)
        }
    }

    @Sendable private func enable(_ request: Request, _ context: AdminContext) async throws -> Response {
        let isEnabled = try await PageForm(request)["enabled"] == "yes"
        _ = try await administration.change(try context.routeID(), by: context.viewer) { $0.isEnabled = isEnabled }
        return .redirect(seeOther: "/admin/routes?said=routes.saved")
    }

    @Sendable private func retry(_ request: Request, _ context: AdminContext) async throws -> Response {
        _ = try await administration.retry(try context.routeID(), by: context.viewer)
        return .redirect(seeOther: "/admin/routes?said=routes.retried")
    }

    @Sendable private func delete(_ request: Request, _ context: AdminContext) async throws -> Response {
        let copies = SentCopies(rawValue: try await PageForm(request)["copies"])
        do {
            let isGone = try await administration.delete(
                try context.routeID(), copies: copies, by: context.viewer)
            return .redirect(seeOther: "/admin/routes?said=routes.\(isGone ? "deleted" : "withdrawing")")
        } catch let failure as Failure where failure.code == .conflict {
            let sentence = services.sentences(context.language)(failure.message)
            return try await page(context, notice: .bad(sentence), RouteDraft(form: nil))
        }
    }

    @Sendable private func check(_ request: Request, _ context: AdminContext) async throws -> Response {
        let reason = try await administration.check(try context.routeID(), try context.destinationNumber())
        guard let reason else { return .redirect(seeOther: "/admin/routes?said=routes.working") }
        let sentence = services.sentences(context.language)(reason)
        return try await page(context, notice: .bad(sentence), RouteDraft(form: nil))
    }

    private func page(_ context: AdminContext, notice: PageNotice?, _ draft: RouteDraft) async throws -> Response {
        let words = try renderer.words(context.language)
        let sentences = services.sentences(context.language)
        var cards: [RouteCard] = []
        for standing in try await administration.standings() {
            let setbacks = try await services.catalogue.outbox.setbacks(of: standing.route.id)
            cards.append(RouteCard(standing, setbacks, words, sentences))
        }
        let labels = try await services.catalogue.labels.list(viewer: context.viewer)
        let content = Content(
            menu: AdminTabs.routes.menu(words), notice: notice, hasRoutes: !cards.isEmpty, routes: cards,
            hasLabels: !labels.isEmpty,
            labels: labels.map { label in
                PageOption(label.id.string, label.name, isSelected: draft.isChosen("label", label.id.string))
            },
            contents: [RouteContent.hd, .sd, .thumb, .original, .raw, .item, .backup].map { content in
                PageOption(
                    content.word, words("routes.\(content.word)"),
                    isSelected: draft.isChosen("content", content.word, usually: content == .hd))
            },
            kinds: DestinationConfiguration.Kind.allCases.map { kind in
                PageOption(kind.rawValue, words("routes.kind.\(kind.rawValue)"), isSelected: kind == draft.kind)
            },
            hidden: Route.WhenHidden.allCases.map { rule in
                PageOption(
                    rule.rawValue, words("routes.\(rule.rawValue)"),
                    isSelected: draft.isChosen("hidden", rule.rawValue, usually: rule == .withdraw))
            },
            newestOnly: draft.isChosen("newest", "yes"),
            draft: Self.fields.reduce(into: [:]) { $0[$1] = draft.text($1) })
        return try renderer.response(
            .routes, title: words("admin.routes"), path: AdminTabs.routes.path, visitor: PageVisitor(context),
            content: content, status: notice?.tone == "bad" ? .unprocessableContent : .ok)
    }

    /// Those that are shown again when something is wrong; no secrets.
    private static let fields = [
        "name", "size", "pattern", "from", "to", "zone", "rate", "path", "endpoint", "bucket", "region", "prefix",
        "access_key", "backend", "options", "remote_path", "url", "header",
    ]
}

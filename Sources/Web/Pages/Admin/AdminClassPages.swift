import Catalogue
import Domain
import Hummingbird

/// Schemes of classes: for administrators.
struct AdminClassPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: AdminContext.self)
        group.get("admin/classes", use: list)
        group.post("admin/classes", use: create)
        group.get("admin/classes/:scheme", use: show)
        group.post("admin/classes/:scheme", use: change)
        group.post("admin/classes/:scheme/delete", use: remove)
    }

    private var classes: ClassSchemeStore { services.catalogue.classes }

    private struct Content: Sendable {
        struct Card: Sendable {
            struct Class: Sendable {
                let title: String
                let value: String
                let colour: String
                let digit: String?
            }

            let id: String
            let name: String
            let key: String
            let subject: String
            let labels: String
            let classes: [Class]
        }

        let menu: AdminMenu
        let notice: PageNotice?
        /// The scheme that is changed; empty for a new one.
        let id: String
        let isNew: Bool
        let name: String
        let key: String
        let subject: String
        let subjects: [PageOption]
        let isForSome: Bool
        let labels: [PageOption]
        let rows: [ClassSchemeDraft.Row]
        let hasSchemes: Bool
        let schemes: [Card]
    }

    @Sendable private func list(_ request: Request, _ context: AdminContext) async throws -> Response {
        let words = try renderer.words(context.language)
        return try await page(context, ClassSchemeDraft(), notice: .said(Query(request.uri.query), words))
    }

    @Sendable private func show(_ request: Request, _ context: AdminContext) async throws -> Response {
        let scheme = try await context.classScheme(services.catalogue, context.viewer)
        return try await page(context, ClassSchemeDraft(scheme), of: scheme, notice: nil)
    }

    @Sendable private func create(_ request: Request, _ context: AdminContext) async throws -> Response {
        let draft = ClassSchemeDraft(try await PageForm(request))
        return try await save(draft, context) { try await classes.create($0, by: context.viewer) }
    }

    @Sendable private func change(_ request: Request, _ context: AdminContext) async throws -> Response {
        let scheme = try await context.classScheme(services.catalogue, context.viewer)
        let draft = ClassSchemeDraft(try await PageForm(request), changing: scheme)
        return try await save(draft, of: scheme, context) { try await classes.update($0, by: context.viewer) }
    }

    /// What cannot be saved stays on the page as it was typed, with the reason.
    private func save(
        _ draft: ClassSchemeDraft, of known: ClassScheme? = nil, _ context: AdminContext,
        _ act: (ClassScheme) async throws -> Void
    ) async throws -> Response {
        do {
            try await act(try draft.scheme(changing: known))
            return .redirect(seeOther: "\(AdminTabs.classes.path)?said=classes.saved")
        } catch let failure as Failure where [.unprocessable, .conflict].contains(failure.code) {
            let sentence = services.sentences(context.language)(failure.message)
            return try await page(context, draft, of: known, notice: .bad(sentence))
        }
    }

    @Sendable private func remove(_ request: Request, _ context: AdminContext) async throws -> Response {
        let scheme = try await context.classScheme(services.catalogue, context.viewer)
        try await classes.delete(scheme.id, by: context.viewer)
        return .redirect(seeOther: "\(AdminTabs.classes.path)?said=classes.deleted")
    }

    private func page(
        _ context: AdminContext, _ draft: ClassSchemeDraft, of known: ClassScheme? = nil, notice: PageNotice?
    ) async throws -> Response {
        let words = try renderer.words(context.language)
        let labels = try await services.catalogue.labels.list(viewer: context.viewer)
        let schemes = known == nil ? try await classes.list(viewer: context.viewer) : []
        let path = known.map { "\(AdminTabs.classes.path)/\($0.id)" } ?? AdminTabs.classes.path
        let content = Content(
            menu: AdminTabs.classes.menu(words), notice: notice, id: known?.id.string ?? "", isNew: known == nil,
            name: draft.name, key: draft.key, subject: words("classes.subject_\(draft.subject)"),
            subjects: ClassScheme.Subject.allCases.map {
                PageOption(
                    $0.rawValue, words("classes.subject_\($0.rawValue)"), isSelected: $0.rawValue == draft.subject)
            }, isForSome: draft.labels != nil,
            labels: labels.map {
                PageOption($0.id.string, $0.name, isSelected: draft.labels?.contains($0.id.string) ?? false)
            }, rows: draft.rows, hasSchemes: !schemes.isEmpty, schemes: schemes.map { card($0, labels, words) })
        return try renderer.response(
            known == nil ? .classes : .classScheme, title: known?.name ?? words("admin.classes"), path: path,
            visitor: PageVisitor(context), content: content,
            status: notice?.tone == "bad" ? .unprocessableContent : .ok)
    }

    private func card(_ scheme: ClassScheme, _ labels: [CameraLabel], _ words: PageWords) -> Content.Card {
        let names = labels.filter { scheme.labels?.contains($0.id) ?? false }.map(\.name)
        return .init(
            id: scheme.id.string, name: scheme.name, key: scheme.key,
            subject: words("classes.subject_\(scheme.subject.rawValue)"),
            labels: scheme.labels == nil ? words("classes.forAll") : names.joined(separator: ", "),
            classes: scheme.classes.map { each in
                .init(
                    title: each.title(words.language), value: each.value, colour: each.colour,
                    digit: each.digit.map { "\($0)" })
            })
    }
}

extension PictureClass {
    /// What people of the language read.
    func title(_ language: Language) -> String { language == .french ? french : english }
}

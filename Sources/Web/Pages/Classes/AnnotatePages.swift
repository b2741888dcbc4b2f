import Catalogue
import Domain
import Hummingbird

/// Telling pictures apart by classes: which sequences there are and how far they are, and one of them.
struct AnnotatePages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.get("annotate", use: list)
        group.get("annotate/:sequence", use: show)
    }

    private static let sequencesOnPage = 30
    private var catalogue: Catalogue { services.catalogue }

    private struct Overview: Sendable {
        struct Row: Sendable {
            let title: String
            let label: String
            let taken: PageTime
            let text: String
            let done: Int
            let all: Int
            let href: String
            let isDone: Bool
        }

        let isAdmin: Bool
        let hasSchemes: Bool
        let schemes: [PageTab]
        let scheme: String
        let subject: String
        let hasRows: Bool
        let rows: [Row]
        let next: String?
        /// What the downloads link to; absent where there is nothing to take.
        let export: String?
    }

    @Sendable private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        guard context.account.role.mayUpload else { throw ClassStateRoutes.mayOnlyLook }
        let (words, query) = (try renderer.words(context.language), Query(request.uri.query))
        let schemes = try await catalogue.classes.list(viewer: context.viewer)
        let wanted = query["scheme"].flatMap { ClassSchemeID($0) }
        let scheme = schemes.first { $0.id == wanted } ?? schemes.first
        let page = try await progress(of: scheme, query["page"], context.viewer)
        let rows = page?.rows ?? []
        let address = "/annotate?scheme=\(scheme?.id.string ?? "")"
        let content = Overview(
            isAdmin: context.account.role.isAdmin, hasSchemes: scheme != nil,
            schemes: schemes.map {
                PageTab(href: "/annotate?scheme=\($0.id)", text: $0.name, isCurrent: $0.id == scheme?.id)
            }, scheme: scheme?.id.string ?? "",
            subject: scheme.map { words("annotate.lead_\($0.subject.rawValue)") } ?? "",
            hasRows: !rows.isEmpty, rows: rows.map { row($0, scheme, words) },
            next: page?.next.map { "\(address)&page=\($0)" },
            export: rows.isEmpty ? nil : "/api/export?scheme=\(scheme?.id.string ?? "")&format=")
        return try renderer.response(
            .annotateList, title: words("annotate.title"), path: scheme == nil ? "/annotate" : address,
            visitor: PageVisitor(context), content: content)
    }

    private func progress(
        of scheme: ClassScheme?, _ page: String?, _ viewer: Viewer
    ) async throws -> ClassProgressPage? {
        guard let scheme else { return nil }
        return try await ClassProgressPage(
            scheme, page: page, limit: Self.sequencesOnPage, catalogue: catalogue,
            cursor: Cursor(keys: services.tokenSigner.keys), viewer: viewer)
    }

    private func row(_ progress: ClassProgress, _ scheme: ClassScheme?, _ words: PageWords) -> Overview.Row {
        let format = PageFormat(words.language)
        return .init(
            title: progress.title, label: progress.label, taken: PageTime(progress.capturedFrom),
            text: words(
                "annotate.doneOf",
                ["done": format.number(progress.done), "all": format.number(progress.pictures)]),
            done: progress.done, all: progress.pictures,
            href: "/annotate/\(progress.sequenceID)?scheme=\(scheme?.id.string ?? "")",
            isDone: progress.done >= progress.pictures)
    }

    private struct Content: Sendable {
        struct Class: Sendable {
            let value: String
            let title: String
            let colour: String
            let digit: String?
        }

        let sequence: String
        let title: String
        let account: String
        let scheme: String
        let schemeName: String
        let key: String
        let subject: String
        let isBox: Bool
        let classes: [Class]
        let schemes: [PageTab]
        let hasOthers: Bool
        let export: String
    }

    /// Without a scheme that is for the sequence there is nothing to choose from: back to the list, which says so.
    @Sendable private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let words = try renderer.words(context.language)
        let id = try context.identifier("sequence", of: "sequence", as: SequenceID.self)
        guard let sequence = try await catalogue.sequences.find(id, viewer: context.viewer)?.sequence else {
            throw Failure.notFound("sequence")
        }
        try await Permissions(catalogue: catalogue).requireEdit(
            owner: sequence.accountID, label: sequence.labelID, viewer: context.viewer)
        let schemes = try await catalogue.classes.list(viewer: context.viewer).filter {
            $0.holds(for: sequence.labelID)
        }
        let wanted = Query(request.uri.query)["scheme"].flatMap { ClassSchemeID($0) }
        guard let scheme = schemes.first(where: { $0.id == wanted }) ?? schemes.first else {
            return .redirect(seeOther: "/annotate")
        }
        let path = "/annotate/\(id)"
        let content = Content(
            sequence: id.string, title: sequence.title, account: context.account.id.string,
            scheme: scheme.id.string, schemeName: scheme.name, key: scheme.key, subject: scheme.subject.rawValue,
            isBox: scheme.subject == .box,
            classes: scheme.classes.map { each in
                .init(
                    value: each.value, title: each.title(words.language), colour: each.colour,
                    digit: each.digit.map { "\($0)" })
            },
            schemes: schemes.map {
                PageTab(href: "\(path)?scheme=\($0.id)", text: $0.name, isCurrent: $0.id == scheme.id)
            }, hasOthers: schemes.count > 1,
            export: "/api/collections/\(id)/export?scheme=\(scheme.id)&format=")
        return try renderer.response(
            .annotate, title: words("annotate.of", ["title": sequence.title]), path: "\(path)?scheme=\(scheme.id)",
            visitor: PageVisitor(context), content: content)
    }
}

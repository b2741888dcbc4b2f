import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// What finds faces, plates and objects; where it has looked, and having it look again.
struct AdminModelPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: AdminContext.self)
        group.get("admin/models", use: show)
        group.post("admin/models/run", use: run)
        group.post("admin/models/look", use: look)
    }

    private struct Content: Sendable {
        struct Model: Sendable {
            let name: String
            let finds: String
            let what: String
            let licence: String
            let version: String
            let isRefused: Bool
            /// What has come of it, or why it is refused.
            let sentence: String
            let mayRun: Bool
        }

        struct Label: Sendable {
            let id: String
            let name: String
            let preset: String
            let pictures: String
            let asked: PageTime?
            /// Nil: none.
            let waiting: String?
            let mayLook: Bool
        }

        let menu: AdminMenu
        let notice: PageNotice?
        /// Seconds; nil when nothing goes on.
        let refresh: String?
        let models: [Model]
        let hasOwn: Bool
        let hasLabels: Bool
        let labels: [Label]
        let choices: [PageOption]
    }

    @Sendable private func show(_ request: Request, _ context: AdminContext) async throws -> Response {
        let words = try renderer.words(context.language)
        let own = try await ModelAdministration(services: services).own()
        let labels = try await services.catalogue.labels.list(viewer: context.viewer)
        let states = try await services.catalogue.detections.looking()
        let waits = own.contains { $0.waiting > 0 } || states.contains { $0.waiting > 0 }
        let content = Content(
            menu: AdminTabs.models.menu(words), notice: .said(Query(request.uri.query), words),
            refresh: waits ? "15" : nil,
            models: ModelAdministration.builtIn.map { Self.row($0, words) } + own.map { row($0, words) },
            hasOwn: !own.isEmpty, hasLabels: !labels.isEmpty,
            labels: labels.map { label in row(label, states.first { $0.label == label.id }, words) },
            choices: labels.map { PageOption($0.id.string, $0.name) })
        return try renderer.response(
            .models, title: words("admin.models"), path: AdminTabs.models.path, visitor: PageVisitor(context),
            content: content)
    }

    private static func row(_ model: ModelAdministration.BuiltIn, _ words: PageWords) -> Content.Model {
        .init(
            name: model.name, finds: words("models.finds_\(model.subject.rawValue)"), what: words("models.hides"),
            licence: model.licence, version: model.origin, isRefused: false, sentence: words("models.builtIn"),
            mayRun: false)
    }

    private func row(_ model: ModelAdministration.Own, _ words: PageWords) -> Content.Model {
        let format = PageFormat(words.language), state = model.state
        var parts = model.findings.sorted { $0.key < $1.key }.map { "\($0.key): \(format.number($0.value))" }
        if parts.isEmpty { parts.append(words("models.noFindings")) }
        if model.waiting > 0 { parts.append(words("models.waiting", count: model.waiting)) }
        if model.failed > 0 { parts.append(words("models.failed", count: model.failed)) }
        return .init(
            name: state.description?.name ?? state.file,
            finds: state.description?.classes.joined(separator: ", ") ?? "",
            what: words(state.description?.mayHide == true ? "models.mayHide" : "models.notes"),
            licence: state.description?.licence ?? "", version: String(state.description?.sha256.prefix(12) ?? ""),
            isRefused: !state.isGood,
            sentence: state.isGood ? parts.joined(separator: " · ") : state.sentence,
            mayRun: state.isGood && state.description != nil)
    }

    private func row(_ label: CameraLabel, _ state: LookingState?, _ words: PageWords) -> Content.Label {
        let waiting = state?.waiting ?? 0
        return .init(
            id: label.id.string, name: label.name, preset: words("labels.preset_\(label.redaction.preset.rawValue)"),
            pictures: PageFormat(words.language).number(state?.pictures ?? 0),
            asked: state?.askedAt.map { PageTime($0) },
            waiting: waiting > 0 ? words("models.waiting", count: waiting) : nil,
            mayLook: (state?.pictures ?? 0) > 0)
    }

    @Sendable private func run(_ request: Request, _ context: AdminContext) async throws -> Response {
        let form = try await PageForm(request)
        guard let label = CameraLabelID(form["label"]) else { throw Failure.notFound("camera label") }
        _ = try await ModelAdministration(services: services).run(form["model"], on: label, by: context.viewer)
        return .redirect(seeOther: "\(AdminTabs.models.path)?said=models.running")
    }

    /// Faces and plates once more, as the label says now.
    @Sendable private func look(_ request: Request, _ context: AdminContext) async throws -> Response {
        let form = try await PageForm(request)
        guard let label = CameraLabelID(form["label"]),
            try await services.catalogue.labels.find(label, viewer: context.viewer) != nil
        else { throw Failure.notFound("camera label") }
        _ = try await RedactionRuns(catalogue: services.catalogue).start(
            .label(label), preset: nil, by: context.viewer)
        services.wake()
        return .redirect(seeOther: "\(AdminTabs.models.path)?said=models.looking")
    }
}

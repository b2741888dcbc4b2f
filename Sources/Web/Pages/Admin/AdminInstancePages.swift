import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// Name, colours, languages and terms of use of the instance, for administrators.
struct AdminInstancePages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: AdminContext.self)
        group.get("admin/instance", use: show)
        group.post("admin/instance", use: save)
    }

    private struct Content: Sendable {
        struct Terms: Sendable {
            let code: String
            let label: String
            let text: String
        }

        let menu: AdminMenu
        let notice: PageNotice?
        let name: String
        let usualName: String
        let accent: String
        let languages: [PageOption]
        let terms: [Terms]
    }

    @Sendable private func show(_ request: Request, _ context: AdminContext) async throws -> Response {
        let words = try renderer.words(context.language)
        let settings = try await services.catalogue.instanceSettings.find()
        return try page(settings, notice: .said(Query(request.uri.query), words), context)
    }

    @Sendable private func save(_ request: Request, _ context: AdminContext) async throws -> Response {
        // Terms in two languages, escaped.
        let form = try await PageForm(request, limit: 1 << 20)
        let wish = InstanceSettings(
            name: form["name"], accent: form["accent"], languages: Self.languages(form["languages"]),
            terms: Dictionary(
                uniqueKeysWithValues: Language.allCases.map { ($0.rawValue, form["terms-\($0.rawValue)"]) }))
        do {
            _ = try await InstanceAdministration(services: services).change(by: context.viewer) { $0 = wish }
            return .redirect(seeOther: "\(AdminTabs.instance.path)?said=instance.saved")
        } catch let failure as Failure where failure.code == .unprocessable {
            let words = try renderer.words(context.language)
            return try page(
                wish, notice: .bad(words("instance.\(failure.details["reason"] ?? "bad_name")")), context)
        }
    }

    /// `en fr`; what is no language of ours is refused afterwards.
    private static func languages(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

    private func page(_ settings: InstanceSettings, notice: PageNotice?, _ context: AdminContext) throws -> Response {
        let words = try renderer.words(context.language)
        let chosen = settings.languages.joined(separator: " ")
        let choices = ["": "all", "en fr": "enFirst", "fr en": "frFirst", "en": "enOnly", "fr": "frOnly"]
        let content = Content(
            menu: AdminTabs.instance.menu(words), notice: notice, name: settings.name ?? "",
            usualName: services.configuration.instanceName, accent: settings.accent ?? "",
            languages: ["", "en fr", "fr en", "en", "fr"].map { value in
                PageOption(value, words("instance.\(choices[value] ?? "all")"), isSelected: value == chosen)
            },
            terms: Language.allCases.map {
                .init(
                    code: $0.rawValue, label: words("instance.termsIn", ["language": $0.ownName]),
                    text: settings.terms[$0.rawValue] ?? "")
            })
        return try renderer.response(
            .instance, title: words("admin.instance"), path: AdminTabs.instance.path, visitor: PageVisitor(context),
            content: content, status: notice?.tone == "bad" ? .unprocessableContent : .ok)
    }
}

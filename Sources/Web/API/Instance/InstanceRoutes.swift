import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// Name, colours, languages and terms of use of the instance, for administrators.
struct InstanceRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let group = router.group(context: AdminContext.self)
        group.get("api/admin/instance", use: show)
        group.patch("api/admin/instance", use: change)
    }

    @Sendable private func show(_ request: Request, _ context: AdminContext) async throws -> Response {
        .json(Self.json(try await services.catalogue.instanceSettings.find()))
    }

    /// What is left out stays; empty text goes back to what the server's settings say.
    private struct Change: Decodable {
        let name: String?
        let accent: String?
        let languages: [String]?
        let terms: [String: String]?
    }

    @Sendable private func change(_ request: Request, _ context: AdminContext) async throws -> Response {
        let body = try await request.decodeJSON(Change.self)
        let settings = try await InstanceAdministration(services: services).change(by: context.viewer) { settings in
            if let name = body.name { settings.name = name }
            if let accent = body.accent { settings.accent = accent }
            if let languages = body.languages { settings.languages = languages }
            if let terms = body.terms { settings.terms.merge(terms) { $1 } }
        }
        return .json(Self.json(settings))
    }

    private static func json(_ settings: InstanceSettings) -> JSON {
        let terms = settings.terms.sorted { $0.key < $1.key }.map {
            JSONObject.Member(name: $0.key, value: .string($0.value))
        }
        return [
            "name": .optional(settings.name), "accent": .optional(settings.accent),
            "languages": .array(settings.languages.map(JSON.string)), "terms": .object(JSONObject(members: terms)),
        ]
    }
}

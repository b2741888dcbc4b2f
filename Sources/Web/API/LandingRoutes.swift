import Domain
import HTTPTypes
import Hummingbird

/// What is open to everybody: is it up, what is it, how is it set.
struct LandingRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        router.get("api", use: landing)
        router.get("api/live", use: live)
        router.get("api/conformance", use: conformance)
        router.get("api/configuration", use: configuration)
    }

    @Sendable private func live(_ request: Request, _ context: WebContext) async throws -> Response {
        .json(["status": "ok"])
    }

    @Sendable private func landing(_ request: Request, _ context: WebContext) async throws -> Response {
        let children = try await BrowseRoutes.rootLinks(services, context)
        return .json(
            LandingDocument(configuration: services.shownConfiguration, baseURL: context.baseURL, children: children)
                .json)
    }

    @Sendable private func conformance(_ request: Request, _ context: WebContext) async throws -> Response {
        .json(["conformsTo": .array(Conformance.classes.map(JSON.string))])
    }

    @Sendable private func configuration(_ request: Request, _ context: WebContext) async throws -> Response {
        .json(ConfigurationDocument(configuration: services.shownConfiguration).json)
    }
}

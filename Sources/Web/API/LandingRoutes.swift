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
        router.group(context: ReaderContext.self).get("api/queryables", use: queryables)
    }

    @Sendable private func live(_ request: Request, _ context: WebContext) async throws -> Response {
        .json(["status": "ok"])
    }

    @Sendable private func landing(_ request: Request, _ context: WebContext) async throws -> Response {
        .json(LandingDocument(configuration: services.configuration, baseURL: context.baseURL).json)
    }

    @Sendable private func conformance(_ request: Request, _ context: WebContext) async throws -> Response {
        .json(["conformsTo": .array(LandingDocument.conformance.map(JSON.string))])
    }

    @Sendable private func configuration(_ request: Request, _ context: WebContext) async throws -> Response {
        .json(ConfigurationDocument(configuration: services.configuration).json)
    }

    @Sendable private func queryables(_ request: Request, _ context: ReaderContext) async throws -> Response {
        .json(
            [
                "$schema": "https://json-schema.org/draft/2019-09/schema",
                "$id": .string("\(context.baseURL)/api/queryables"), "type": "object", "title": "Pictures",
                "properties": [:], "additionalProperties": false,
            ], type: "application/schema+json; charset=utf-8")
    }
}

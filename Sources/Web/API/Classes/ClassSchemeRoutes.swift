import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// Schemes of classes: one sees those for labels that are granted to one; administrators make and change them.
struct ClassSchemeRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.get("api/class_schemes", use: list)
        group.get("api/class_schemes/:scheme", use: show)
        let admin = router.group(context: AdminContext.self)
        admin.post("api/class_schemes", use: create)
        admin.put("api/class_schemes/:scheme", use: replace)
        admin.delete("api/class_schemes/:scheme", use: remove)
    }

    private var classes: ClassSchemeStore { services.catalogue.classes }

    @Sendable private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let known = try await labels(context.viewer)
        let schemes = try await classes.list(viewer: context.viewer)
        return .json([
            "class_schemes": .array(schemes.map { ClassSchemeDocument(scheme: $0, known: known).json }), "links": [],
        ])
    }

    @Sendable private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await answer(try await context.classScheme(services.catalogue, context.viewer), context.viewer)
    }

    @Sendable private func create(_ request: Request, _ context: AdminContext) async throws -> Response {
        let scheme = try await request.decodeJSON(ClassSchemeRequest.self).scheme()
        try await classes.create(scheme, by: context.viewer)
        var response = try await answer(scheme, context.viewer)
        response.status = .created
        response.headers[.location] = "\(context.baseURL)/api/class_schemes/\(scheme.id)"
        return response
    }

    @Sendable private func replace(_ request: Request, _ context: AdminContext) async throws -> Response {
        let known = try await context.classScheme(services.catalogue, context.viewer)
        let scheme = try await request.decodeJSON(ClassSchemeRequest.self).scheme(replacing: known)
        try await classes.update(scheme, by: context.viewer)
        return try await answer(scheme, context.viewer)
    }

    @Sendable private func remove(_ request: Request, _ context: AdminContext) async throws -> Response {
        let scheme = try await context.classScheme(services.catalogue, context.viewer)
        try await classes.delete(scheme.id, by: context.viewer)
        return .noContent
    }

    private func labels(_ viewer: Viewer) async throws -> Set<CameraLabelID> {
        Set(try await services.catalogue.labels.list(viewer: viewer).map(\.id))
    }

    private func answer(_ scheme: ClassScheme, _ viewer: Viewer) async throws -> Response {
        .json(ClassSchemeDocument(scheme: scheme, known: try await labels(viewer)).json)
    }
}

extension RequestContext {
    /// The scheme in the path, as far as the viewer knows it; `.notFound` otherwise.
    func classScheme(_ catalogue: Catalogue, _ viewer: Viewer) async throws -> ClassScheme {
        let id = try identifier("scheme", of: "scheme of classes", as: ClassSchemeID.self)
        guard let scheme = try await catalogue.classes.find(id, viewer: viewer) else { throw ClassSchemeStore.missing }
        return scheme
    }
}

import Hummingbird

/// Makes the router: middleware in order, outermost first, then every route of the server.
package func buildRouter(services: WebServices) -> Router<WebContext> {
    let router = Router(context: WebContext.self, options: [.autoGenerateHeadEndpoints])
    let methods = AllowedMethods()
    router.addMiddleware {
        AccessLog()
        SecurityHeaders(configuration: services.configuration)
        Compression()
        Problems(services: services, methods: methods)
        StaticFiles(folder: services.configuration.publicFolder)
        Authentication(services: services)
        ReportBadge(catalogue: services.catalogue)
    }
    LandingRoutes(services: services).add(to: router)
    AuthRoutes(services: services).add(to: router)
    UserRoutes(services: services).add(to: router)
    TokenRoutes(services: services).add(to: router)
    AccountRoutes(services: services).add(to: router)
    LabelRoutes(services: services).add(to: router)
    AreaRoutes(services: services).add(to: router)
    ErasureRoutes(services: services).add(to: router)
    UploadSetRoutes(services: services).add(to: router)
    UploadFileRoutes(services: services).add(to: router)
    CollectionRoutes(services: services).add(to: router)
    ItemRoutes(services: services).add(to: router)
    RedactionRoutes(services: services).add(to: router)
    RedactionRunRoutes(services: services).add(to: router)
    AnnotationRoutes(services: services).add(to: router)
    SemanticHistoryRoutes(services: services).add(to: router)
    SearchRoutes(services: services).add(to: router)
    ExportRoutes(services: services).add(to: router)
    ReportRoutes(services: services).add(to: router)
    ImageRoutes(services: services).add(to: router)
    OriginalRoutes(services: services).add(to: router)
    OriginalsRuleRoutes(services: services).add(to: router)
    let tiles = TileRoutes(services: services)
    tiles.add(to: router)
    TileSetRoutes(services: services, tiles: tiles).add(to: router)
    PageRoutes(services: services).add(to: router)
    methods.learn(router.routes)
    return router
}

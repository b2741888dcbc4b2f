import Hummingbird

/// Keeps what administrators say of the instance fresh, before anything is said to anybody.
struct InstanceRefresh: RouterMiddleware {
    typealias Context = WebContext

    let instance: InstanceLook

    func handle(_ request: Request, context: WebContext, next: NextHandler) async throws -> Response {
        try await instance.refresh()
        return try await next(request, context)
    }
}

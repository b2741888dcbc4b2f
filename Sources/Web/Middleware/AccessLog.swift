import HTTPTypes
import Hummingbird
import Logging
import Metrics

/// One line and one measurement per request, by route and never by what stood in the URL.
struct AccessLog: RouterMiddleware {
    typealias Context = WebContext

    func handle(
        _ request: Request, context: WebContext, next: NextHandler
    ) async throws -> Response {
        let start = ContinuousClock.now
        var response = try await next(request, context)
        let elapsed = start.duration(to: .now)
        if let id = context.logger[metadataKey: "hb.request.id"] { response.headers[.requestIdentifier] = "\(id)" }
        let route = context.endpointPath ?? "static"
        let nanoseconds = elapsed.components.seconds * 1_000_000_000 + elapsed.components.attoseconds / 1_000_000_000
        Timer(
            label: "http.server.request.duration",
            dimensions: [
                ("http.request.method", request.method.rawValue), ("http.route", route),
                ("http.response.status_code", "\(response.status.code)"),
            ]
        ).recordNanoseconds(nanoseconds)
        context.logger.debug(
            "request",
            metadata: [
                "method": "\(request.method.rawValue)", "route": "\(route)", "status": "\(response.status.code)",
                "microseconds": "\(nanoseconds / 1000)",
            ])
        return response
    }
}

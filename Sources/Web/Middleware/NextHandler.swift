import Hummingbird

/// What a middleware hands a request on to.
typealias NextHandler = @concurrent (Request, WebContext) async throws -> Response

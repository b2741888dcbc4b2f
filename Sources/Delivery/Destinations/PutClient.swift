import AsyncHTTPClient
import NIOCore

/// The client that all deliveries by HTTP share: no redirects, so that no token is sent elsewhere.
package enum PutClient {
    package static let shared: HTTPClient = {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .seconds(10), read: .seconds(60), write: .seconds(60))
        configuration.httpVersion = .http1Only
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()
}

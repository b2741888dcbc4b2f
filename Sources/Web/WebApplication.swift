import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// Makes the application that `Wayside` runs and that tests drive.
///
/// - Parameters:
///   - wrap: puts TLS around the plain server, where there is any.
///   - onRunning: called with the bound channel once the server listens.
package func buildApplication(
    services: WebServices, host: String, port: Int,
    wrap: (HTTPServerBuilder) throws -> HTTPServerBuilder = { $0 },
    onRunning: @escaping @Sendable (any Channel) async -> Void = { _ in }
) rethrows -> some ApplicationProtocol {
    let configuration = services.configuration
    let plain = HTTPServerBuilder.http1(
        configuration: .init(
            additionalChannelHandlers: [HeadAnswerHandler(), ExpectContinueHandler()],
            idleTimeout: .seconds(configuration.idleTimeout),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 64 << 10, maxHeaderFieldCount: 100)))
    return Application(
        router: buildRouter(services: services),
        server: try wrap(plain),
        configuration: ApplicationConfiguration(
            address: .hostname(host, port: port), serverName: nil,
            availableConnectionsDelegate: .maximum(configuration.maximumConnections, logger: services.logger)),
        onServerRunning: onRunning,
        logger: services.logger)
}

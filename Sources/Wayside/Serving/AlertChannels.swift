import Alerts
import AsyncHTTPClient
import Logging
import NIOCore

/// The ways of telling that the settings name.
struct AlertChannels {
    let settings: Settings
    let logger: Logger

    var all: [any AlertChannel] {
        var channels: [any AlertChannel] = []
        if let mail = settings.alerts.mail {
            channels.append(MailChannel(server: mail.server, from: mail.from, to: mail.to, logger: logger))
        }
        if let webhook = settings.alerts.webhook {
            channels.append(WebhookChannel(client: Self.client, address: webhook.address, secret: webhook.secret))
        }
        return channels
    }

    /// For as long as the process lives.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(10)
        // What is down is tried again a minute later, and says now why.
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()
}

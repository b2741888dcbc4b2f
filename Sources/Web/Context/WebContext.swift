import Domain
import Hummingbird
import NIOCore

/// What middleware knows of a request. Routes that need a signed-in account ask for a narrower context.
package struct WebContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    package var viewer: Viewer
    /// The account signed in, by cookie or by bearer token.
    package var account: Account?
    /// What it signed in with.
    package var accessToken: AccessToken?
    package var language: Language
    /// Reports that wait for who asks; counted for pages only.
    package var openReports: Int
    /// Scheme, host and port that absolute links start with, without a trailing slash.
    package var baseURL: String
    /// Whether guests may see what is visible to `anyone`.
    package var isPublicInstance: Bool
    /// The client's address, behind trusted proxies too.
    package var clientAddress: String
    /// Whether the client's connection is encrypted, here or at a trusted proxy.
    package var isSecure: Bool
    /// The address of the other end of the socket.
    let peerAddress: String
    /// The connection.
    let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
        viewer = .guest
        language = .english
        openReports = 0
        baseURL = ""
        isPublicInstance = false
        peerAddress = source.channel.remoteAddress?.ipAddress ?? ""
        clientAddress = peerAddress
        isSecure = false
    }

    package var maxUploadSize: Int { 1 << 20 }
}

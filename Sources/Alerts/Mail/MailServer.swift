import NIOSSL

/// The server that mail is given to.
package struct MailServer: Sendable {
    package enum Security: String, Sendable, CaseIterable {
        /// In the clear, until the server is told to encrypt; refused where it cannot (RFC 3207).
        case starttls
        /// From the first byte (RFC 8314).
        case tls
        /// In the clear.
        case none

        package var usualPort: Int {
            switch self {
            case .starttls: 587
            case .tls: 465
            case .none: 25
            }
        }
    }

    package struct Login: Sendable {
        package let user: String
        package let password: String

        package init(user: String, password: String) {
            self.user = user
            self.password = password
        }
    }

    package let host: String
    package let port: Int
    package let security: Security
    package let login: Login?
    /// A PEM file with the authorities to trust instead of the system's.
    package let authorities: String?

    package init(host: String, port: Int, security: Security, login: Login?, authorities: String? = nil) {
        self.host = host
        self.port = port
        self.security = security
        self.login = login
        self.authorities = authorities
    }

    func encryption() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        if let authorities { configuration.trustRoots = .file(authorities) }
        return try NIOSSLContext(configuration: configuration)
    }
}

import Domain

extension Settings {
    /// Passwords and pictures do not travel in the clear unless somebody says so in so many words: throws
    /// `.unprocessable` for an address beyond this machine without encryption.
    package func checkListening() throws {
        guard !Loopback.contains(host), tls == nil, trustedProxies.isEmpty, !allowsPlainHTTP else { return }
        throw Failure(
            .unprocessable,
            """
            Listening on \(host) without encryption is refused: set tls-certificate and tls-key, name a trusted-proxy \
            that speaks TLS, or say allow-plain-http.
            """)
    }
}

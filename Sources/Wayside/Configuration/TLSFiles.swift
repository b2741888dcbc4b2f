import Domain

/// The PEM files with which the server speaks TLS.
package struct TLSFiles: Hashable, Sendable {
    package let certificate: String
    package let key: String

    /// Nil without either; throws with only one of them.
    init?(certificate: String?, key: String?) throws {
        switch (certificate, key) {
        case (nil, nil): return nil
        case (let certificate?, let key?):
            self.certificate = certificate
            self.key = key
        default:
            throw Failure(.unprocessable, "TLS needs both settings, tls-certificate and tls-key.")
        }
    }
}

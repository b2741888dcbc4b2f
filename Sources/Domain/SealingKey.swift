import Foundation

/// A public key that originals are sealed to. The private half is with a person, never on the server.
package struct SealingKey: Hashable, Sendable {
    /// 32 lower-case hexadecimal digits: the first half of the SHA-256 of the public key, so that a sealed file names its
    /// key wherever it is opened.
    package let id: String
    /// Unique, compared without case; 1–80 characters.
    package let name: String
    /// As people pass it on: `wayside-public:` and the 32 bytes of an X25519 key (RFC 7748) in base64url.
    package let publicKey: String
    package let createdAt: Date

    package init(id: String, name: String, publicKey: String, createdAt: Date = .now) {
        self.id = id
        self.name = name
        self.publicKey = publicKey
        self.createdAt = createdAt
    }
}

import Crypto
import Foundation

/// How originals are sealed: HPKE (RFC 9180) in base mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and
/// ChaCha20-Poly1305.
enum SealingSuite {
    static let ciphersuite = HPKE.Ciphersuite.Curve25519_SHA256_ChachaPoly
    /// What the keys are derived for, so that they are good for nothing else.
    static let purpose = Data("wayside sealed original 1".utf8)
    /// Bytes of the original in one message.
    static let chunkSize = 256 << 10
    /// Bytes that a message is longer than its chunk (the tag of ChaCha20-Poly1305, RFC 8439).
    static let overhead = 16
}

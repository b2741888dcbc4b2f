import Crypto
import Domain
import Foundation

/// The half of a key pair that seals; all that the server ever has of it.
package struct PublicSealingKey: Sendable {
    let key: Curve25519.KeyAgreement.PublicKey

    /// Reads `wayside-public:…`; throws `.unprocessable` for anything else, a private key above all.
    package init(_ text: String) throws {
        if text.contains(KeyText.privateMark) {
            throw Failure(
                .unprocessable,
                "This is a private key. It must never come near the server: give the line that starts with \(KeyText.publicMark)",
                details: ["reason": "private_key"])
        }
        guard let bytes = KeyText.decode(text, KeyText.publicMark),
            let key = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: bytes)
        else {
            throw Failure(
                .unprocessable,
                "This is not a public key: “wayside keys generate” prints one, \(KeyText.publicMark) and 43 characters.",
                details: ["reason": "bad_key"])
        }
        self.init(key)
        // A few points give the same secret to everybody: zero (RFC 7748 §6.1). The library does not refuse them.
        let secret = try? Curve25519.KeyAgreement.PrivateKey().sharedSecretFromKeyAgreement(with: key)
        guard let secret, secret.withUnsafeBytes({ bytes in bytes.contains { $0 != 0 } }) else {
            throw Failure(.unprocessable, "This public key is not safe to use.", details: ["reason": "bad_key"])
        }
    }

    init(_ key: Curve25519.KeyAgreement.PublicKey) { self.key = key }

    /// `wayside-public:…`, to be passed on.
    package var text: String { KeyText.encode(key.rawRepresentation, KeyText.publicMark) }

    /// 32 lower-case hexadecimal digits: the first half of the SHA-256 of the key's bytes.
    package var id: String { HexadecimalText.of(SHA256.hash(data: key.rawRepresentation).prefix(16)) }
}

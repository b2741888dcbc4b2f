import Crypto
import Domain
import Foundation

/// Signs receipts with a key of this instance, so that a receipt can be checked without it (Ed25519, RFC 8032).
package struct CardSigner: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    package init(keys: SecretKeys) throws {
        do {
            key = try keys.key(for: .receipt).withUnsafeBytes {
                try Curve25519.Signing.PrivateKey(rawRepresentation: Data($0))
            }
        } catch {
            throw Failure(.internalError, "The key for receipts cannot be used.", underlying: error)
        }
    }

    /// Base64 for URLs, without padding.
    package var publicKey: String { Base64URL.encode(key.publicKey.rawRepresentation) }

    func sign(_ statement: CardStatement) throws -> String {
        do {
            return Base64URL.encode(try key.signature(for: Data(statement.text.utf8)))
        } catch {
            throw Failure(.internalError, "The receipt could not be signed.", underlying: error)
        }
    }

    /// Whether the signature is that of the key over the receipt as it is.
    package static func holds(_ receipt: SignedReceipt, key text: String) -> Bool {
        guard receipt.signature.algorithm == "Ed25519", let bytes = Base64URL.decode(text),
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes),
            let signature = Base64URL.decode(receipt.signature.value)
        else { return false }
        return key.isValidSignature(signature, for: Data(receipt.statement.text.utf8))
    }
}

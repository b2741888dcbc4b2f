import Crypto
import Domain
import Foundation
import NIOCore

/// The half of a key pair that opens; it stays with its holder.
package struct PrivateSealingKey: Sendable {
    let key: Curve25519.KeyAgreement.PrivateKey

    /// A new key.
    package init() { key = Curve25519.KeyAgreement.PrivateKey() }

    /// Reads a key file. Throws `.notFound`, or `.unprocessable` when it holds no private key. Blocks.
    package init(fileAt path: String) throws {
        let file = try OpenFile(path)
        guard file.size <= 4096 else { throw Self.noKey(path) }
        let text = String(buffer: try file.read(at: 0, count: Int(file.size)))
        let lines = text.split(whereSeparator: \.isNewline)
        guard let bytes = lines.lazy.compactMap({ KeyText.decode($0, KeyText.privateMark) }).first,
            let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: bytes)
        else { throw Self.noKey(path) }
        self.key = key
    }

    package var publicKey: PublicSealingKey { PublicSealingKey(key.publicKey) }

    /// Writes the key to a new file, 0600. Throws `.conflict` when there is one. Blocks.
    package func write(to path: String) throws {
        let file = try NewFile(path)
        let text = """
            # Opens what was sealed to \(publicKey.text)
            # Whoever has this file can see it all: keep it off the server, and keep a copy in a safe place.
            \(KeyText.encode(key.rawRepresentation, KeyText.privateMark))

            """
        try file.write(text.utf8)
        try file.finish()
    }

    private static func noKey(_ path: String) -> Failure {
        Failure(.unprocessable, "There is no private key in \(path): “wayside keys generate” makes one.")
    }
}

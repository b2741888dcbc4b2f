import Crypto
import Domain
import Foundation
import NIOCore

/// Encrypts originals to a public key, a piece at a time.
package struct OriginalSealer: Sendable {
    package let key: PublicSealingKey

    package init(key: PublicSealingKey) { self.key = key }

    /// What was written.
    package struct Sealed: Sendable {
        /// Bytes.
        package let size: Int64
        /// Lower-case hexadecimal.
        package let sha256: String
    }

    /// Writes the ciphertext of `source` to the new file `target`, durably. Blocks.
    ///
    /// - Parameters:
    ///   - part: which of the picture's files it is; one cannot be taken for another.
    ///   - sha256: of the original, lower-case hexadecimal; a file that has other bytes is refused with
    ///     `.internalError`, since nobody could open it later.
    package func seal(
        _ source: String, as part: OriginalPart = .original, of picture: PictureID, sha256: String, to target: String
    ) throws -> Sealed {
        let file = try OpenFile(source)
        var sender = try HPKE.Sender(
            recipientKey: key.key, ciphersuite: SealingSuite.ciphersuite, info: SealingSuite.purpose)
        let header = SealedHeader(
            part: part, picture: picture, key: key.id, sha256: sha256, size: file.size, chunk: SealingSuite.chunkSize,
            encapsulated: sender.encapsulatedKey)
        guard file.size > 0 else { throw Self.changed }
        let output = try NewFile(target)
        var (original, written, size) = (SHA256(), SHA256(), Int64(0))
        func put(_ bytes: some DataProtocol) throws {
            try output.write(bytes)
            written.update(data: bytes)
            size += Int64(bytes.count)
        }
        try put(try header.lines())
        for index in 0..<header.messages {
            let bytes = try file.read(at: Int64(index) * Int64(header.chunk), count: header.length(of: index))
            let piece = Data(bytes.readableBytesView)
            original.update(data: piece)
            try put(
                try sender.seal(piece, authenticating: header.binding(index, isLast: index == header.messages - 1)))
        }
        guard HexadecimalText.of(original.finalize()) == sha256 else { throw Self.changed }
        try output.finish()
        return Sealed(size: size, sha256: HexadecimalText.of(written.finalize()))
    }

    private static let changed = Failure(.internalError, "The received file is not what was received.")
}

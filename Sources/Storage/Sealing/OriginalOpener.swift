import Crypto
import Domain
import Foundation
import NIOCore

/// Opens sealed originals with a private key. All failures are `.unprocessable` and say what is wrong.
package struct OriginalOpener: Sendable {
    private let key: PrivateSealingKey

    package init(key: PrivateSealingKey) { self.key = key }

    /// What a sealed file says of itself, once it is clear that it is meant for this key and is of `picture` (of any, for
    /// nil). Blocks.
    ///
    /// - Parameter part: which of the picture's files it must be; nil: any.
    package func check(
        _ source: String, of picture: PictureID?, as part: OriginalPart? = nil
    ) throws -> SealedHeader {
        let header = try SealedHeader.read(try OpenFile(source)).header
        guard header.key == key.publicKey.id else {
            throw Failure(
                .unprocessable,
                "It was sealed to the key \(header.key); the key given is \(key.publicKey.id) and cannot open it.")
        }
        guard picture == nil || header.picture == picture else {
            throw Failure(.unprocessable, "This is the sealed original of another picture, \(header.picture).")
        }
        guard part == nil || header.part == part else {
            throw Failure(
                .unprocessable,
                header.part == .raw
                    ? "This is the sealed raw file of the picture, not its original."
                    : "This is the sealed original of the picture, not its raw file.")
        }
        return header
    }

    /// Writes the original to the new file `target`, durably; nothing is left of it when it cannot be opened. Blocks.
    package func open(
        _ source: String, of picture: PictureID?, as part: OriginalPart? = nil, to target: String
    ) throws {
        let header = try check(source, of: picture, as: part)
        let file = try OpenFile(source)
        var place = try SealedHeader.read(file).end
        try Self.checkLength(header, file.size - place)
        let output = try NewFile(target)
        do {
            var recipient = try HPKE.Recipient(
                privateKey: key.key, ciphersuite: SealingSuite.ciphersuite, info: SealingSuite.purpose,
                encapsulatedKey: header.encapsulated)
            var original = SHA256()
            for index in 0..<header.messages {
                let count = header.length(of: index) + SealingSuite.overhead
                let message = Data(try file.read(at: place, count: count).readableBytesView)
                let binding = header.binding(index, isLast: index == header.messages - 1)
                let piece = try recipient.open(message, authenticating: binding)
                original.update(data: piece)
                try output.write(piece)
                place += Int64(count)
            }
            guard HexadecimalText.of(original.finalize()) == header.sha256 else { throw Self.altered }
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Self.altered
        }
        try output.finish()
    }

    private static func checkLength(_ header: SealedHeader, _ found: Int64) throws {
        let expected = header.size + Int64(header.messages) * Int64(SealingSuite.overhead)
        guard found >= expected else {
            throw Failure(
                .unprocessable, "The sealed original is cut off: \(found) of \(expected) bytes are there.")
        }
        guard found == expected else {
            throw Failure(.unprocessable, "The sealed original has been altered: there is more after its end.")
        }
    }

    private static let altered = Failure(
        .unprocessable, "The sealed original has been altered since it was sealed; it cannot be opened.")
}

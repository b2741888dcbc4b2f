import Crypto
import Domain
import Foundation
import NIOCore

/// The checksum that a sender gives with one part of a file (tus 1.0.0, extension Checksum).
package struct PartChecksum: Sendable {
    /// What is understood, as it is written on the wire.
    package enum Algorithm: String, Sendable, CaseIterable {
        case sha1, sha256, md5
    }

    private let expected: [UInt8]
    private var hash: any HashFunction & Sendable

    /// - Parameter digest: as the sender computed it.
    package init(_ algorithm: Algorithm, digest: [UInt8]) {
        expected = digest
        hash =
            switch algorithm {
            case .sha1: Insecure.SHA1()
            case .sha256: SHA256()
            case .md5: Insecure.MD5()
            }
    }

    mutating func update(_ bytes: ByteBuffer) {
        bytes.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
    }

    /// Throws `.checksumMismatch` when the bytes are others than the sender's.
    func check() throws {
        guard Array(hash.finalize()) == expected else {
            throw Failure(
                .checksumMismatch, "These bytes are not the ones that the checksum is of; send the part again.",
                details: ["reason": "checksum_mismatch"])
        }
    }
}

import Crypto
import Domain
import Foundation
import NIOCore
import Storage

/// What a body is known by: servers compare the one or the other before they store it.
struct FileDigests: Sendable {
    /// Lower-case hexadecimal; part of what is signed.
    let sha256: String
    let md5: [UInt8]

    /// `Content-MD5` (RFC 1864).
    var contentMD5: String { Data(md5).base64EncodedString() }
    /// What a store calls an object that came in one piece, unless it encrypts it with a key of its own.
    var entityTag: String { HexadecimalText.of(md5) }

    init(_ bytes: ByteBuffer) {
        sha256 = HexadecimalText.of(bytes.withUnsafeReadableBytes { SHA256.hash(data: $0) })
        md5 = bytes.withUnsafeReadableBytes { Array(Insecure.MD5.hash(data: $0)) }
    }

    /// Reads that part of the file. Blocks.
    init(_ file: OpenFile, _ range: Range<Int64>) throws {
        var (long, short) = (SHA256(), Insecure.MD5())
        for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.chunk) {
            let chunk = try file.read(at: start, count: min(Self.chunk, Int(range.upperBound - start)))
            chunk.withUnsafeReadableBytes {
                long.update(bufferPointer: $0)
                short.update(bufferPointer: $0)
            }
        }
        sha256 = HexadecimalText.of(long.finalize())
        md5 = Array(short.finalize())
    }

    private static let chunk = 1 << 20
}

import Crypto
import NIOCore
import Storage
import Synchronization

/// The SHA-256 of bytes that come in pieces.
final class StreamHash: Sendable {
    private let hasher = Mutex(SHA256())

    func add(_ piece: ByteBuffer) {
        hasher.withLock { hasher in piece.withUnsafeReadableBytes { hasher.update(bufferPointer: $0) } }
    }

    /// Lower-case hexadecimal, of all so far.
    var text: String { hasher.withLock { HexadecimalText.of($0.finalize()) } }
}

import Crypto
import Domain
import NIOCore
import Synchronization

/// The SHA-256 of bytes that come in pieces.
package final class StreamHash: Sendable {
    private let hasher = Mutex(SHA256())

    package init() {}

    package func add(_ piece: ByteBuffer) {
        hasher.withLock { hasher in piece.withUnsafeReadableBytes { hasher.update(bufferPointer: $0) } }
    }

    /// Lower-case hexadecimal, of all so far.
    package var text: String { hasher.withLock { HexadecimalText.of($0.finalize()) } }
}

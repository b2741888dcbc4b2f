import NIOCore

/// The bytes of an object: in one piece when small (≤ 256 KiB), else streamed.
package enum ObjectBytes: Sendable {
    case whole(ByteBuffer)
    /// Calls back for each chunk, in order; throws what the reader or the callback throws.
    case stream(@Sendable (_ write: (ByteBuffer) async throws -> Void) async throws -> Void)
}

import Domain
import Glibc
import NIOCore

/// A file without a name: written first, then read. All calls block.
package final class ScratchFile: Sendable {
    private let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Appends the bytes.
    package func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { try DirectoryStore.writeAll($0, to: descriptor) }
    }

    /// The bytes from `offset`, at most `count`; none at the end.
    package func read(at offset: Int64, count: Int) throws -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: count)
        var number: Int32 = 0
        repeat {
            buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { memory in
                let got = pread(descriptor, memory.baseAddress, count, off_t(offset))
                number = got < 0 ? errno : 0
                return max(0, got)
            }
        } while number == EINTR
        guard number == 0 else { throw Failure.fileSystem(number, "read a temporary file") }
        return buffer
    }
}

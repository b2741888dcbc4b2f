import Domain
import Glibc
import NIOCore
import Storage

/// A new private file being written. All calls block.
package final class PlainFile: Sendable {
    private let descriptor: Int32

    package init(_ path: String) throws {
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Failure.fileSystem(errno, "write a file") }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Appends the bytes.
    package func write(_ bytes: ByteBuffer) throws {
        try bytes.withUnsafeReadableBytes { try DirectoryStore.writeAll($0, to: descriptor) }
    }

    package func synchronise() throws {
        guard fsync(descriptor) == 0 else { throw Failure.fileSystem(errno, "make a file durable") }
    }
}

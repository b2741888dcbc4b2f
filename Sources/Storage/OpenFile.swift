import Domain
import Glibc
import NIOCore

/// A file open for reading; closed when the last reference goes. All calls block.
package final class OpenFile: Sendable {
    package let descriptor: Int32
    /// Bytes, when it was opened.
    package let size: Int64

    /// Opens a regular file; a symbolic link or a folder counts as not there.
    package init(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            let number = errno == ELOOP || errno == ENOTDIR ? ENOENT : errno
            throw Failure.fileSystem(number, "open a file")
        }
        var information = stat()
        guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw Failure.fileSystem(ENOENT, "open a file")
        }
        self.descriptor = descriptor
        size = Int64(information.st_size)
    }

    /// Takes over an open descriptor; nil, and it is closed, when it is no regular file's.
    init?(descriptor: Int32) {
        var information = stat()
        guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
        size = Int64(information.st_size)
    }

    /// Whether a large file takes next to no room on its disk: it consists of holes.
    var isHollow: Bool {
        var information = stat()
        guard size > 1 << 20, fstat(descriptor, &information) == 0 else { return false }
        return Int64(information.st_blocks) * 512 < size / 50
    }

    deinit { close(descriptor) }

    /// Exactly `count` bytes from `offset`.
    package func read(at offset: Int64, count: Int) throws -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: count)
        while buffer.readableBytes < count {
            let wanted = count - buffer.readableBytes
            let position = offset + Int64(buffer.readableBytes)
            var number: Int32 = 0
            let got = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: wanted) { memory in
                let result = pread(descriptor, memory.baseAddress, wanted, off_t(position))
                number = result < 0 ? errno : EIO
                return max(0, result)
            }
            guard got > 0 || number == EINTR else { throw Failure.fileSystem(number, "read a file to its end") }
        }
        return buffer
    }
}

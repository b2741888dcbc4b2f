import Domain
import Glibc
import NIOCore
import Synchronization

/// A file of the staging folder while it is being received: locked until this goes away, and removed then unless it
/// was kept. All calls block.
package final class StagedFile: Sendable {
    /// Its name in the staging folder.
    package let name: String
    private let folder: StagingFolder
    private let descriptor: Int32
    private let isSettled = Atomic(false)

    init(in folder: StagingFolder) throws {
        self.folder = folder
        name = "\(Identifier<StagedFile>().string).jpg"
        descriptor = open(folder.path(of: name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Failure.fileSystem(errno, "stage a file") }
        // A sweep may hold its own lock for an instant: wait for it.
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw Failure.fileSystem(errno, "lock a staged file") }
        }
    }

    /// Goes on with a kept file, which stays whatever becomes of this; locked until this goes away.
    ///
    /// Throws `.conflict` while somebody else holds it, `.notFound` when it is not there.
    init(reopening name: String, in folder: StagingFolder) throws {
        self.folder = folder
        self.name = name
        descriptor = open(folder.path(of: name), O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
        isSettled.store(true, ordering: .relaxed)
        guard descriptor >= 0 else { throw Failure.fileSystem(errno, "go on with a staged file") }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            guard errno == EWOULDBLOCK else { throw Failure.fileSystem(errno, "lock a staged file") }
            throw Failure(.conflict, "Another request is sending this file.", details: ["reason": "upload_busy"])
        }
    }

    deinit {
        discard()
        if descriptor >= 0 { close(descriptor) }
    }

    /// Appends the bytes.
    package func write(_ buffer: ByteBuffer) throws {
        try buffer.withUnsafeReadableBytes { try DirectoryStore.writeAll($0, to: descriptor) }
    }

    /// Cuts the file to so many bytes, and goes on behind them. Throws `.internalError` when there are fewer.
    package func resume(at size: Int64) throws {
        var information = stat()
        guard fstat(descriptor, &information) == 0, information.st_size >= size else {
            throw Failure(.internalError, "A staged file is shorter than the catalogue says.")
        }
        guard ftruncate(descriptor, off_t(size)) == 0, lseek(descriptor, off_t(size), SEEK_SET) == size else {
            throw Failure.fileSystem(errno, "go on with a staged file")
        }
    }

    /// Makes the bytes and the name durable. A sweep that came before the lock took the name away: that is seen here.
    package func synchronise() throws {
        guard fsync(descriptor) == 0 else { throw Failure.fileSystem(errno, "make a staged file durable") }
        try Folder.synchronise(folder.path)
        var information = stat()
        guard fstat(descriptor, &information) == 0, information.st_nlink == 1 else {
            throw Failure(.unavailable, "The staged file was removed while it was being received; send it again.")
        }
    }

    /// The catalogue knows the file: it stays.
    package func keep() { isSettled.store(true, ordering: .releasing) }

    /// Removes the file, unless it was kept.
    package func discard() {
        guard !isSettled.exchange(true, ordering: .acquiringAndReleasing) else { return }
        unlink(folder.path(of: name))
    }
}

import Domain
import Glibc
import Synchronization

/// A private file (0600) being written, that was not there before; removed again unless it is finished. All calls block.
final class NewFile: Sendable {
    private let path: String
    private let descriptor: Int32
    private let isFinished = Atomic(false)

    /// Throws `.conflict` when there is something of that name.
    init(_ path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        // Nothing is set before this: else `deinit` would run, and remove what somebody else has made.
        guard descriptor >= 0 else {
            if errno == EEXIST { throw Failure(.conflict, "There is already a file \(path).") }
            throw Failure.fileSystem(errno, "write a file")
        }
        self.path = path
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
        if !isFinished.load(ordering: .acquiring) { unlink(path) }
    }

    /// Appends the bytes.
    func write(_ bytes: some Sequence<UInt8>) throws {
        try Array(bytes).withUnsafeBytes { try DirectoryStore.writeAll($0, to: descriptor) }
    }

    /// Makes the bytes and the name durable: the file stays.
    func finish() throws {
        guard fsync(descriptor) == 0 else { throw Failure.fileSystem(errno, "make a file durable") }
        try Folder.synchronise(Folder.parent(of: path))
        isFinished.store(true, ordering: .releasing)
    }
}

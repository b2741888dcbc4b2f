import Domain
import Glibc
import NIOCore
import Synchronization

/// A store in a folder of the local file system, 0700 with files 0600.
///
/// An object appears whole or not at all: its file is prepared under another name in the same file system, made
/// durable, renamed, and then the folders that lead to it are made durable.
package final class DirectoryStore: ObjectStore {
    /// Absolute path of the folder.
    package let root: String
    /// Folders of the upper levels, never removed, whose own entries are known to be durable.
    let durableFolders = Mutex<Set<String>>([])

    /// Objects up to this size are read in one piece. Bytes.
    static let wholeLimit: Int64 = 256 * 1024
    static let chunkSize = 128 * 1024

    /// Opens the store, making its folder if it is missing.
    package init(root: String) throws {
        self.root = root
        try Folder.makeAll(root)
        try Folder.makeAll(incoming)
    }

    /// Where files are prepared; a name that no object has.
    var incoming: String { "\(root)/.incoming" }

    func path(of key: ObjectKey) -> String { "\(root)/\(key.path)" }

    package func head(_ key: ObjectKey) async throws -> Int64? {
        let path = path(of: key)
        return try await BlockingWork.run {
            var information = stat()
            if lstat(path, &information) == 0 {
                return information.st_mode & S_IFMT == S_IFREG ? Int64(information.st_size) : nil
            }
            guard errno == ENOENT || errno == ENOTDIR else { throw Failure.fileSystem(errno, "look at a stored file") }
            return nil
        }
    }

    package func read(_ key: ObjectKey, range: Range<Int64>?) async throws -> ObjectBytes {
        let path = path(of: key)
        return try await BlockingWork.run {
            let file = try OpenFile(path)
            let span = (range ?? 0..<file.size).clamped(to: 0..<file.size)
            if Int64(span.count) <= Self.wholeLimit {
                return .whole(try file.read(at: span.lowerBound, count: span.count))
            }
            return .stream { write in
                for start in stride(from: span.lowerBound, to: span.upperBound, by: Self.chunkSize) {
                    let count = min(Self.chunkSize, Int(span.upperBound - start))
                    try await write(try await BlockingWork.run { try file.read(at: start, count: count) })
                }
            }
        }
    }

    package func fileInMemory(_ key: ObjectKey, range: Range<Int64>) async throws -> OpenFile? {
        let path = path(of: key)
        return try await BlockingWork.run {
            let file = try OpenFile(path)
            return file.isInMemory(range) ? file : nil
        }
    }

    /// Writes, makes durable and removes a small file, so that a full or read-only disk is seen here.
    package func check() async throws {
        let path = "\(incoming)/\(Self.temporaryName())"
        try await BlockingWork.run {
            let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw Failure.fileSystem(errno, "write to the store") }
            defer {
                close(descriptor)
                unlink(path)
            }
            guard write(descriptor, "wayside", 7) == 7, fsync(descriptor) == 0 else {
                throw Failure.fileSystem(errno, "write to the store")
            }
        }
    }

    /// Removes what an interrupted `put` of an earlier run left behind; to be called before the first `put`.
    package func sweep() async throws {
        let incoming = incoming
        try await BlockingWork.run {
            for entry in try Folder.entries(incoming) where !entry.isFolder { unlink("\(incoming)/\(entry.name)") }
        }
    }

    static func temporaryName() -> String { Identifier<DirectoryStore>().string }
}

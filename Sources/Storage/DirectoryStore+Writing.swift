import Domain
import Glibc
import NIOCore
import Synchronization

extension DirectoryStore {
    /// Stores a local file. In the same file system its bytes are shared (a hard link), not copied: the file may be
    /// removed afterwards, but not written to.
    package func put(_ key: ObjectKey, fileAt path: String) async throws {
        try await put([(key: key, path: path)])
    }

    /// Stores several files, the folders they share being made durable once.
    package func put(_ files: [(key: ObjectKey, path: String)]) async throws {
        try await BlockingWork.run {
            var folders = Set<String>()
            for file in files { folders.formUnion(try self.place(file.path, as: file.key)) }
            // The deepest first, so that a folder is never durable before what it holds.
            for folder in folders.sorted(by: { $0.utf8.count > $1.utf8.count }) { try Folder.synchronise(folder) }
        }
    }

    /// Puts one file in its place; returns the folders that are still to be made durable.
    private func place(_ source: String, as key: ObjectKey) throws -> Set<String> {
        let temporary = "\(incoming)/\(Self.temporaryName())"
        try prepare(source, as: temporary)
        // A rename between two names of the same file does nothing and leaves both: remove the first in any case.
        defer { unlink(temporary) }
        let target = path(of: key)
        for attempt in 1... {
            let folders = try makeFolders(for: key)
            if rename(temporary, target) == 0 { return folders }
            // Somebody deleted the picture's folder in between: make it again.
            guard errno == ENOENT, attempt < 3 else { throw Failure.fileSystem(errno, "store a file") }
        }
        return []
    }

    /// Gives the bytes of `source` a durable name of the store's own.
    private func prepare(_ source: String, as temporary: String) throws {
        let file = try OpenFile(source)
        // Linked by descriptor, so that it is certainly the file that was checked to be a regular one.
        let linked = linkat(
            AT_FDCWD, "/proc/self/fd/\(file.descriptor)", AT_FDCWD, temporary, AT_SYMLINK_FOLLOW)
        if linked == 0 {
            guard fchmod(file.descriptor, 0o600) == 0, fsync(file.descriptor) == 0 else {
                let number = errno
                unlink(temporary)
                throw Failure.fileSystem(number, "make a stored file durable")
            }
            return
        }
        guard [EXDEV, EPERM, EACCES, EMLINK, ENOENT, EOPNOTSUPP].contains(errno) else {
            throw Failure.fileSystem(errno, "store a file")
        }
        try copy(file, to: temporary)
    }

    private func copy(_ file: OpenFile, to temporary: String) throws {
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure.fileSystem(errno, "store a file") }
        defer { close(descriptor) }
        do {
            for start in stride(from: 0, to: file.size, by: Self.chunkSize) {
                let chunk = try file.read(at: start, count: min(Self.chunkSize, Int(file.size - start)))
                try chunk.withUnsafeReadableBytes { try Self.writeAll($0, to: descriptor) }
            }
            guard fsync(descriptor) == 0 else { throw Failure.fileSystem(errno, "make a stored file durable") }
        } catch {
            unlink(temporary)
            throw error
        }
    }

    /// Writes all bytes at the descriptor's position; blocks.
    package static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws {
        var rest = bytes
        while let start = rest.baseAddress, !rest.isEmpty {
            let written = write(descriptor, start, rest.count)
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw Failure.fileSystem(errno, "write a file") }
            rest = UnsafeRawBufferPointer(rebasing: rest[written...])
        }
    }

    /// Makes the folders of a key; returns those whose entries are still to be made durable.
    private func makeFolders(for key: ObjectKey) throws -> Set<String> {
        var owed = Set<String>()
        var folder = root
        for (depth, component) in key.path.split(separator: "/").dropLast().enumerated() {
            let parent = folder
            folder += "/\(component)"
            let isNew = try Folder.make(folder)
            // The upper levels are shared by many pictures and never removed: once durable, always durable.
            if depth < Self.sharedLevels {
                if !isNew, durableFolders.withLock({ $0.contains(folder) }) { continue }
                try Folder.synchronise(parent)
                _ = durableFolders.withLock { $0.insert(folder) }
            } else {
                owed.insert(parent)
            }
        }
        owed.insert(folder)
        return owed
    }

    /// `pictures/ab/cd`.
    static let sharedLevels = 3
}

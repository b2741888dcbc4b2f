import Domain
import Foundation
import Glibc
import NIOCore
import Storage

/// A folder of this machine: a second disk, a mounted share.
///
/// A file in it marks the folder as the one that was set up, so that copies do not fill the disk below while the mirror is
/// not mounted.
package struct DirectoryDestination: Destination {
    /// Absolute.
    let root: String

    static let mark = ".wayside-destination"
    private static let chunk = 256 << 10

    package init(root: String) { self.root = root }

    /// Makes the folder if it is missing, and marks it.
    package func prepare() async throws {
        let root = root
        try await BlockingWork.run {
            do {
                try Folder.makeAll(root)
                let path = "\(root)/\(Self.mark)"
                let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
                guard descriptor >= 0 else { throw Failure.fileSystem(errno, "write a file") }
                close(descriptor)
                try Folder.synchronise(root)
            } catch let failure as Failure {
                throw Self.translated(failure, root)
            }
        }
        try await check()
    }

    package func put(_ file: OutgoingFile) async throws {
        let source = try await BlockingWork.run { try OpenFile(file.path) }
        let temporary = "\(root)/.wayside-\(Identifier<OutgoingFile>().string)"
        try await requireMark()
        do {
            try await copy(source, file, to: temporary)
            try await place(temporary, named: file.name)
        } catch {
            _ = try? await BlockingWork.run { unlink(temporary) }
            if let failure = error as? Failure { throw Self.translated(failure, root) }
            throw error
        }
    }

    package func delete(_ name: String) async throws {
        try await requireMark()
        let path = try path(of: name)
        let root = root
        try await BlockingWork.run {
            guard unlink(path) == 0 || errno == ENOENT || errno == ENOTDIR else {
                throw Self.translated(Failure.fileSystem(errno, "delete a file"), root)
            }
            // The folders that are empty now go too.
            var folder = Folder.parent(of: path)
            while folder.utf8.count > root.utf8.count, rmdir(folder) == 0 { folder = Folder.parent(of: folder) }
            if access(folder, F_OK) == 0 { try Folder.synchronise(folder) }
        }
    }

    package func list(after: String?, limit: Int) async throws -> [DeliveredEntry] {
        try await requireMark()
        let walk = DirectoryWalk(root: root)
        return try await BlockingWork.run { try walk.files(after: after ?? "", limit: limit) }
    }

    package func read(_ name: String, into path: String) async throws {
        try await requireMark()
        let root = root
        try await BlockingWork.run {
            let file = try ForeignFolder(path: root).file(name)
            let target = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard target >= 0 else { throw Failure.fileSystem(errno, "write a file") }
            defer { close(target) }
            for start in stride(from: 0, to: file.size, by: Self.chunk) {
                let bytes = try file.read(at: start, count: min(Self.chunk, Int(file.size - start)))
                try bytes.withUnsafeReadableBytes { try DirectoryStore.writeAll($0, to: target) }
            }
        }
    }

    /// Writes and removes a small file.
    package func check() async throws {
        try await requireMark()
        let root = root
        try await BlockingWork.run {
            let path = "\(root)/.wayside-\(Identifier<DirectoryDestination>().string)"
            let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard descriptor >= 0 else { throw Self.translated(Failure.fileSystem(errno, "write a file"), root) }
            defer {
                close(descriptor)
                unlink(path)
            }
            guard write(descriptor, "wayside", 7) == 7, fsync(descriptor) == 0 else {
                throw Self.translated(Failure.fileSystem(errno, "write a file"), root)
            }
        }
    }

    private func requireMark() async throws {
        let (path, root) = ("\(root)/\(Self.mark)", root)
        guard try await BlockingWork.run({ access(path, F_OK) == 0 }) else {
            throw Failure(
                .unavailable,
                "The folder \(root) is not the one that the route was set up with: is its disk there and mounted?")
        }
    }

    private func copy(_ source: OpenFile, _ file: OutgoingFile, to temporary: String) async throws {
        let target = try await BlockingWork.run { try PlainFile(temporary) }
        let hash = StreamHash()
        for start in stride(from: 0, to: source.size, by: Self.chunk) {
            let count = min(Self.chunk, Int(source.size - start))
            try await file.pace?.pass(count)
            try await BlockingWork.run {
                let bytes = try source.read(at: start, count: count)
                hash.add(bytes)
                try target.write(bytes)
            }
        }
        guard source.size == file.size, hash.text == file.sha256 else {
            throw Failure(.internalError, "A file on its way to \(root) is another one than it should be.")
        }
        try await BlockingWork.run { try target.synchronise() }
    }

    private func place(_ temporary: String, named name: String) async throws {
        let (path, root) = (try path(of: name), root)
        try await BlockingWork.run {
            for attempt in 1... {
                try Folder.makeAll(Folder.parent(of: path))
                if rename(temporary, path) == 0 { break }
                // A deletion next to it has just removed the empty folder.
                guard errno == ENOENT, attempt < 5, access(root, F_OK) == 0 else {
                    throw Failure.fileSystem(errno, "name a file")
                }
            }
            try Folder.synchronise(Folder.parent(of: path))
        }
    }

    private func path(of name: String) throws -> String {
        guard ForeignFolder.isInside(name) else {
            throw Failure(.unprocessable, "A folder does not take the name \(name).")
        }
        return "\(root)/\(name)"
    }

    /// What the disk says of a full or missing mirror is no fault of this server's own.
    private static func translated(_ failure: Failure, _ root: String) -> Failure {
        let number = (failure.underlying as? FileSystemError)?.number
        return switch number {
        case ENOSPC?, EDQUOT?: Failure(.unavailable, "The disk of \(root) is full.", underlying: failure)
        case EROFS?: Failure(.unavailable, "The disk of \(root) cannot be written to.", underlying: failure)
        case EACCES?, EPERM?: Failure(.unavailable, "The server may not write to \(root).", underlying: failure)
        case EIO?, ENODEV?, ESTALE?, ENOENT?, ENOTDIR?, ENOTCONN?:
            Failure(.unavailable, "The folder \(root) is not there or does not answer.", underlying: failure)
        case ENAMETOOLONG?: Failure(.unprocessable, "A name is too long for \(root).", underlying: failure)
        default: failure
        }
    }
}

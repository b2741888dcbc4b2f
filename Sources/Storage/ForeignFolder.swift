import Domain
import Glibc

/// A folder that somebody else may have filled: its files are opened piece by piece, and never through a link.
package final class ForeignFolder: Sendable {
    private let descriptor: Int32

    /// Throws `.notFound` when there is no such folder.
    package init(path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure.fileSystem(errno, "open a folder") }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Opens a regular file by its `/`-separated name below the folder. Blocks.
    ///
    /// - Throws: `.notFound` when it is not there, `.unprocessable` for a name that leads elsewhere, for links, for
    ///   what is no file, and for one with holes that would take far more room here than there.
    package func file(_ name: String) throws -> OpenFile {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard Self.isInside(name), let last = parts.last else { throw Self.refusal(name, "leads out of the archive") }
        var folder = dup(descriptor)
        guard folder >= 0 else { throw Failure.fileSystem(errno, "open a folder") }
        defer { close(folder) }
        for part in parts.dropLast() {
            let next = openat(folder, String(part), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard next >= 0 else { throw Self.failure(errno, name) }
            close(folder)
            folder = next
        }
        let opened = openat(folder, String(last), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard opened >= 0 else { throw Self.failure(errno, name) }
        guard let file = OpenFile(descriptor: opened) else { throw Self.refusal(name, "is not a file") }
        guard !file.isHollow else { throw Self.refusal(name, "has holes instead of bytes") }
        return file
    }

    /// Whether the name stays below the folder: no empty parts, none that begins with a dot, no control characters.
    package static func isInside(_ name: String) -> Bool {
        let isPlain = name.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x5C && $0 != 0x7F }
        return isPlain
            && name.split(separator: "/", omittingEmptySubsequences: false)
                .allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") }
    }

    private static func failure(_ number: Int32, _ name: String) -> Failure {
        switch number {
        case ELOOP, ENOTDIR: refusal(name, "is a link or lies behind one")
        case ENOENT: Failure(.notFound, "The archive's file \(name) is missing.")
        default: Failure.fileSystem(number, "open a file of the archive")
        }
    }

    private static func refusal(_ name: String, _ what: String) -> Failure {
        Failure(.unprocessable, "The archive's file \(name.prefix(120).filter { !$0.isNewline }) \(what).")
    }
}

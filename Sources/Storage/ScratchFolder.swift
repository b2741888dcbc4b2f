import Domain
import Glibc
import NIOCore

/// A private folder (0700) of files that live only as long as somebody makes or reads them.
///
/// Each has no name any more once it is made, so that nothing is left of it however the program ends; what an
/// interrupted run left in the making goes with `sweep()`.
package struct ScratchFolder: Sendable {
    private let path: String

    package init(path: String) { self.path = path }

    /// A path that nothing has, for somebody who makes a file by its path. Blocks.
    package func newPath() throws -> String {
        try Folder.makeAll(path)
        return "\(path)/\(Identifier<ScratchFolder>().string)"
    }

    /// Opens a finished file and takes its name away. Blocks.
    package func take(_ path: String) throws -> OpenFile {
        defer { unlink(path) }
        return try OpenFile(path)
    }

    /// Removes a file that was not finished. Blocks.
    package func drop(_ path: String) { unlink(path) }

    /// A new, empty file without a name. Blocks.
    package func newFile() throws -> ScratchFile {
        let path = try newPath()
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Failure.fileSystem(errno, "make a temporary file") }
        unlink(path)
        return ScratchFile(descriptor)
    }

    /// Removes what an interrupted run left behind; to be called before anything is made. Blocks.
    package func sweep() throws {
        for entry in try Folder.entries(path) where !entry.isFolder { unlink("\(path)/\(entry.name)") }
    }
}

import Domain
import Foundation
import Glibc

/// The private local folder (0700) of received bytes that no treatment has made safe yet; its files are 0600.
///
/// A file is locked (`flock`) by the process that receives it until the catalogue knows it. So one that is not locked
/// and that the catalogue does not know was abandoned by a process that died, and may be removed at any time, even
/// beside a running `wayside import`. Ask in this order: `abandonable()` first, then the catalogue.
package struct StagingFolder: Sendable {
    /// Absolute path.
    package let path: String
    /// Bytes of the disk that uploads may not take, so that the catalogue can still be written.
    package let reserve: Int64

    /// Opens the folder, making it if it is missing.
    package init(path: String, reserve: Int64 = 64 << 20) throws {
        self.path = path
        self.reserve = reserve
        try Folder.makeAll(path)
        guard chmod(path, 0o700) == 0 else { throw Failure.fileSystem(errno, "make the staging folder private") }
    }

    /// Absolute path of a staged file.
    package func path(of name: String) -> String { "\(path)/\(name)" }

    /// A new, empty, locked file under a random name; `.noSpace` when `expected` bytes have no room. Blocks.
    package func create(expecting expected: Int64 = 0) throws -> StagedFile {
        let available = try availableBytes()
        guard available > 0, available >= expected else { throw Failure.fileSystem(ENOSPC, "stage a file") }
        return try StagedFile(in: self)
    }

    /// A file that was kept, to be gone on with: see `StagedFile.resume(at:)`. Blocks.
    package func reopen(_ name: String) throws -> StagedFile {
        try Self.check(name)
        return try StagedFile(reopening: name, in: self)
    }

    /// Bytes that may still be taken. Blocks.
    package func availableBytes() throws -> Int64 {
        var information = statvfs()
        guard statvfs(path, &information) == 0 else { throw Failure.fileSystem(errno, "ask how full the disk is") }
        let free = Int64(clamping: UInt64(information.f_bavail) * UInt64(information.f_frsize))
        return max(0, free - reserve)
    }

    /// Removes a staged file durably; one that is not there is success.
    package func remove(_ name: String) async throws {
        try Self.check(name)
        try await BlockingWork.run {
            guard unlink(path(of: name)) == 0 || errno == ENOENT else {
                throw Failure.fileSystem(errno, "delete a staged file")
            }
            try Folder.synchronise(path)
        }
    }

    /// Names of all files that no living process is receiving: those the catalogue does not know either, asked
    /// afterwards, are left over.
    package func abandonable() async throws -> [String] {
        try await BlockingWork.run {
            try Folder.entries(path).filter { !$0.isFolder && !isLocked($0.name) }.map(\.name)
        }
    }

    private func isLocked(_ name: String) -> Bool {
        let descriptor = open(path(of: name), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0
    }

    private static func check(_ name: String) throws {
        guard !name.isEmpty, !name.hasPrefix("."), !name.contains("/") else {
            throw Failure(.internalError, "A staged name is not one that the staging folder makes.")
        }
    }
}

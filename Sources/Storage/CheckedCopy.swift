import Crypto
import Domain
import Foundation
import Glibc
import NIOCore

/// Copies files whose content is known by size and hash. All calls block.
package enum CheckedCopy {
    private static let chunk = 1 << 20

    /// Copies a file under a name of its own and renames it, so that it is there whole or not at all; durable only
    /// after `synchronise`.
    ///
    /// - Returns: false, and nothing was made, when size or hash are others than expected.
    package static func copy(_ file: OpenFile, to path: String, size: Int64, sha256: String) throws -> Bool {
        guard file.size == size else { return false }
        try Folder.makeAll(Folder.parent(of: path), durably: false)
        let temporary = "\(path).part"
        let target = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard target >= 0 else { throw Failure.fileSystem(errno, "write a file") }
        var isDone = false
        defer {
            close(target)
            if !isDone { unlink(temporary) }
        }
        guard try hash(file, into: target) == sha256 else { return false }
        guard rename(temporary, path) == 0 else { throw Failure.fileSystem(errno, "name a file") }
        isDone = true
        return true
    }

    /// Lower-case hexadecimal SHA-256 of a file.
    package static func sha256(_ file: OpenFile) throws -> String { try hash(file, into: nil) }

    /// Makes everything durable that was written before: once for many files, each of which would wait for the disk else.
    /// Linux returns when all of it is there.
    package static func synchronise() { sync() }

    /// Bytes that the file system of a folder has left.
    package static func room(in folder: String) throws -> Int64 {
        var information = statvfs()
        guard statvfs(folder, &information) == 0 else { throw Failure.fileSystem(errno, "ask how full the disk is") }
        return Int64(clamping: UInt64(information.f_bavail) * UInt64(information.f_frsize))
    }

    private static func hash(_ file: OpenFile, into target: Int32?) throws -> String {
        var hasher = SHA256()
        for start in stride(from: 0, to: file.size, by: chunk) {
            let bytes = try file.read(at: start, count: min(chunk, Int(file.size - start)))
            try bytes.withUnsafeReadableBytes { memory in
                hasher.update(bufferPointer: memory)
                if let target { try DirectoryStore.writeAll(memory, to: target) }
            }
        }
        return HexadecimalText.of(hasher.finalize())
    }
}

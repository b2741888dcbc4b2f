import Glibc

/// A private file of this machine that goes with the last reference to it.
package final class TemporaryFile: Sendable {
    /// Absolute path.
    package let path: String
    /// Bytes.
    package let size: Int64
    /// Lower-case hexadecimal.
    package let sha256: String

    init(path: String, size: Int64, sha256: String) {
        self.path = path
        self.size = size
        self.sha256 = sha256
    }

    deinit { unlink(path) }
}

extension ScratchFolder {
    /// A copy of a file that has this size and hash; nil when it has others. Whoever can write to the file afterwards
    /// changes nothing of the copy. Blocks.
    package func copy(of path: String, size: Int64, sha256: String) throws -> TemporaryFile? {
        let target = try newPath()
        guard try CheckedCopy.copy(OpenFile(path), to: target, size: size, sha256: sha256) else { return nil }
        return TemporaryFile(path: target, size: size, sha256: sha256)
    }
}

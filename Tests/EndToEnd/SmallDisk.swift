import Foundation
import Glibc
import TestSupport

/// A small file system in memory, for tests of a full disk. Only root may mount one.
final class SmallDisk: Sendable {
    private let folder: TemporaryFolder

    var path: String { folder.path }

    init(megabytes: Int) throws {
        folder = try TemporaryFolder()
        guard mount("tmpfs", folder.path, "tmpfs", 0, "size=\(megabytes)m,mode=0700") == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EPERM)
        }
    }

    deinit { umount2(folder.path, Int32(MNT_DETACH)) }

    /// Whether one can be made here.
    static let isPossible = (try? SmallDisk(megabytes: 1)) != nil

    /// Writes a file that takes all the room there is.
    func fill(_ path: String) throws {
        try Data().write(to: URL(fileURLWithPath: path))
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        defer { try? file.close() }
        for size in [1 << 20, 64 << 10, 4 << 10] {
            let block = Data(count: size)
            while (try? file.write(contentsOf: block)) != nil {}
        }
    }
}

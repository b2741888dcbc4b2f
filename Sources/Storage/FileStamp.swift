import Domain
import Foundation
import Glibc

/// What changes when a file is written to or replaced.
package struct FileStamp: Hashable, Sendable, Codable {
    /// Bytes.
    package let size: Int64
    /// Which file it is on this machine, whatever it is called.
    package let identity: String
    /// Of the last write and of the last change of any kind, seconds and nanoseconds.
    private let times: [Int]

    /// The last write.
    package var writtenAt: Date {
        guard times.count > 1 else { return .distantPast }
        return Date(timeIntervalSince1970: Double(times[0]) + Double(times[1]) / 1e9)
    }

    init(_ information: stat) {
        size = Int64(information.st_size)
        identity = "\(information.st_dev):\(information.st_ino)"
        times = [
            information.st_mtim.tv_sec, information.st_mtim.tv_nsec, information.st_ctim.tv_sec,
            information.st_ctim.tv_nsec,
        ]
    }

    /// For what is no file, and never changes under its name.
    package init(size: Int64, identity: String) {
        self.size = size
        self.identity = identity
        times = []
    }
}

extension OpenFile {
    /// As it is now. Blocks.
    package func stamp() throws -> FileStamp {
        var information = Glibc.stat()
        guard fstat(descriptor, &information) == 0 else { throw Failure.fileSystem(errno, "look at a file") }
        return FileStamp(information)
    }
}

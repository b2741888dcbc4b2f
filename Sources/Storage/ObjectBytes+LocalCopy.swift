import Domain
import Foundation
import Glibc
import NIOCore

extension ObjectBytes {
    /// Writes the bytes to a file without a name in a folder of this machine, to be read as often as needed.
    package func localCopy(in folder: String) async throws -> OpenFile {
        let copy = try await BlockingWork.run { () -> Copy in
            try Folder.makeAll(folder, durably: false)
            let path = "\(folder)/\(UUID().uuidString)"
            let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard descriptor >= 0 else { throw Failure.fileSystem(errno, "make a temporary file") }
            unlink(path)
            return Copy(descriptor: descriptor)
        }
        let write: @Sendable (ByteBuffer) async throws -> Void = { bytes in
            try await BlockingWork.run {
                try bytes.withUnsafeReadableBytes { try DirectoryStore.writeAll($0, to: copy.descriptor) }
            }
        }
        switch self {
        case .whole(let buffer): try await write(buffer)
        case .stream(let run): try await run(write)
        }
        return try await BlockingWork.run {
            guard let file = OpenFile(descriptor: dup(copy.descriptor)) else {
                throw Failure.fileSystem(EIO, "read a temporary file")
            }
            return file
        }
    }

    /// Closed when the last reference goes.
    private final class Copy: Sendable {
        let descriptor: Int32
        init(descriptor: Int32) { self.descriptor = descriptor }
        deinit { close(descriptor) }
    }
}

import Domain
import Glibc
import NIOCore

extension ObjectStore {
    /// Writes an object into a new local file (0600). Throws `.notFound` when there is no such object.
    package func copy(_ key: ObjectKey, toFileAt path: String) async throws {
        let bytes = try await read(key, range: nil)
        let descriptor = try await BlockingWork.run {
            let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw Failure.fileSystem(errno, "copy a stored file") }
            return descriptor
        }
        defer { close(descriptor) }
        switch bytes {
        case .whole(let buffer): try await Self.write(buffer, to: descriptor)
        case .stream(let read): try await read { try await Self.write($0, to: descriptor) }
        }
    }

    private static func write(_ buffer: ByteBuffer, to descriptor: Int32) async throws {
        try await BlockingWork.run {
            try buffer.withUnsafeReadableBytes { try DirectoryStore.writeAll($0, to: descriptor) }
        }
    }
}

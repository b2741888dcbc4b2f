import Domain
import NIOCore

extension ObjectStore {
    /// Writes an object into a new local file (0600), durably; nothing is left of it when that fails. Throws `.notFound`
    /// when there is no such object.
    package func copy(_ key: ObjectKey, toFileAt path: String) async throws {
        let bytes = try await read(key, range: nil)
        let file = try await BlockingWork.run { try NewFile(path) }
        switch bytes {
        case .whole(let buffer): try await BlockingWork.run { try file.write(buffer.readableBytesView) }
        case .stream(let chunks):
            try await chunks { chunk in try await BlockingWork.run { try file.write(chunk.readableBytesView) } }
        }
        try await BlockingWork.run { try file.finish() }
    }
}

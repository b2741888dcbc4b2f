import Foundation

/// The file system of a folder. Bytes.
struct DiskSpace: Sendable {
    let free: Int64
    let size: Int64

    /// Nil when the system does not say.
    init?(folder: String) {
        guard let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder),
            let size = (attributes[.systemSize] as? NSNumber)?.int64Value,
            let free = (attributes[.systemFreeSize] as? NSNumber)?.int64Value, size > 0
        else { return nil }
        self.free = free
        self.size = size
    }
}

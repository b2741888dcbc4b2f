import Foundation
import Intake
import Storage

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

extension WebServices {
    /// Of the file system that received bytes are kept on.
    var diskSpace: DiskSpace? { DiskSpace(folder: intake.staging.path) }
}

import Foundation
import Intake
import Storage

/// The file system of a folder. Bytes.
package struct DiskSpace: Sendable {
    package let free: Int64
    package let size: Int64

    package init(free: Int64, size: Int64) {
        self.free = free
        self.size = size
    }

    /// Nil when the system does not say.
    package init?(folder: String) {
        guard let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder),
            let size = (attributes[.systemSize] as? NSNumber)?.int64Value,
            let free = (attributes[.systemFreeSize] as? NSNumber)?.int64Value, size > 0
        else { return nil }
        self.init(free: free, size: size)
    }
}

extension WebServices {
    /// Of the file system that received bytes are kept on.
    var diskSpace: DiskSpace? { diskLook(intake.staging.path) }
}

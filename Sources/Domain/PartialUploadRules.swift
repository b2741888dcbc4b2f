import Foundation

/// How much of what is received in parts is put up with, for each account.
package struct PartialUploadRules: Hashable, Sendable {
    /// Unfinished files at a time.
    package var maximumCount: Int
    /// Bytes of all unfinished files together, as they will be when they are whole.
    package var maximumBytes: Int64
    /// Seconds since its last part after which an unfinished file is removed.
    package var lifetime: TimeInterval

    package init(maximumCount: Int = 1000, maximumBytes: Int64 = 20_000_000_000, lifetime: TimeInterval = 86_400) {
        self.maximumCount = maximumCount
        self.maximumBytes = maximumBytes
        self.lifetime = lifetime
    }
}

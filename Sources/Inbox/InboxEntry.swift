import Storage

/// A file that lies in the inbox.
package struct InboxEntry: Hashable, Sendable {
    /// `car-7/100GOPRO/G0001.JPG`, `/`-separated.
    package let path: String
    package let stamp: FileStamp

    package init(path: String, stamp: FileStamp) {
        self.path = path
        self.stamp = stamp
    }

    /// Its name.
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// The folder of its camera label; nil for what lies beside those.
    var label: String? {
        let parts = path.split(separator: "/")
        return parts.count > 1 ? parts.first.map(String.init) : nil
    }

    /// Its path in the label's folder.
    var pathInLabel: String { path.split(separator: "/").dropFirst().joined(separator: "/") }

    /// The first folder in the label's; empty when it lies in the label's itself.
    var folder: String {
        let parts = path.split(separator: "/")
        return parts.count > 2 ? String(parts[1]) : ""
    }

    /// What programs call a file that they are still writing.
    private static let unfinished = [
        ".part", ".partial", ".tmp", ".temp", ".filepart", ".crdownload", ".download", "~",
    ]

    /// Its name says that it is still being written: it is left alone until it is renamed.
    var isUnfinished: Bool {
        let name = name.lowercased()
        return Self.unfinished.contains { name.hasSuffix($0) }
    }
}

import Domain
import Glibc

/// How full the disk with the data folder is.
struct DiskLook {
    let path: String
    /// Percent that may be in use.
    let most: Int

    /// Bytes that are free for us, and all, of the disk with a folder; nil when the system does not say.
    static func space(_ folder: String) -> (free: Int64, size: Int64)? {
        var figures = statvfs()
        guard statvfs(folder, &figures) == 0, figures.f_blocks > 0 else { return nil }
        let block = Int64(figures.f_frsize)
        return (Int64(figures.f_bavail) * block, Int64(figures.f_blocks) * block)
    }

    /// Nil when the system does not say.
    var finding: AlertFinding? {
        var figures = statvfs()
        guard statvfs(path, &figures) == 0, figures.f_blocks > 0 else { return nil }
        // What is kept for root is in use for us.
        let percent = Int((figures.f_blocks - min(figures.f_bavail, figures.f_blocks)) * 100 / figures.f_blocks)
        let free = Int64(figures.f_bavail) * Int64(figures.f_frsize)
        return AlertFinding(
            AlertTopic(.diskFull), isTrouble: percent >= most, calm: 300,
            details: ["percent": "\(percent)", "free": "\(free)", "most": "\(most)"])
    }
}

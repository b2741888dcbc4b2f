import Domain
import Glibc
import Storage

/// The files below a folder in the order of their names, page by page.
struct DirectoryWalk: Sendable {
    let root: String

    /// At most `limit` after the name `after`. Blocks.
    func files(after: String, limit: Int) throws -> [DeliveredEntry] {
        var found: [DeliveredEntry] = []
        try collect("", after: after, limit: limit, into: &found)
        return found
    }

    /// In the order of the text, which is not that of a walk: `a.jpg` comes before `a/b.jpg`.
    private func collect(_ folder: String, after: String, limit: Int, into found: inout [DeliveredEntry]) throws {
        let names = try Folder.entries(folder.isEmpty ? root : "\(root)/\(folder.dropLast())")
            .map { "\(folder)\($0.name)\($0.isFolder ? "/" : "")" }
            .sorted()
        for name in names where found.count < limit {
            if name.hasSuffix("/") {
                guard name > after || after.hasPrefix(name) else { continue }
                try collect(name, after: after, limit: limit, into: &found)
            } else if name > after, let size = Self.size(of: "\(root)/\(name)") {
                found.append(DeliveredEntry(name: name, size: size))
            }
        }
    }

    /// Nil for what is no file.
    private static func size(of path: String) -> Int64? {
        var information = stat()
        guard lstat(path, &information) == 0, information.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int64(information.st_size)
    }
}

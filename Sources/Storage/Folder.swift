import Domain
import Glibc

/// Blocking calls on folders; all throw `Failure`.
package enum Folder {
    /// Makes the folder (0700) if it is missing; tells whether it did. Its parent must be there.
    static func make(_ path: String) throws -> Bool {
        if mkdir(path, 0o700) == 0 { return true }
        guard errno == EEXIST else { throw Failure.fileSystem(errno, "make a folder") }
        return false
    }

    /// Makes the folder and all above it that are missing, each durably unless somebody else sees to that.
    package static func makeAll(_ path: String, durably: Bool = true) throws {
        var information = stat()
        if stat(path, &information) == 0 {
            guard information.st_mode & S_IFMT == S_IFDIR else {
                throw Failure(.unavailable, "\(path) is a file where a folder is needed.")
            }
            return
        }
        let parent = Self.parent(of: path)
        if parent != path { try makeAll(parent, durably: durably) }
        if try make(path), durably { try synchronise(parent) }
    }

    /// Makes the entries of a folder durable: what was created, renamed or removed in it.
    package static func synchronise(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure.fileSystem(errno, "open a folder") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw Failure.fileSystem(errno, "make a folder durable") }
    }

    /// An entry of a folder.
    package struct Entry {
        package let name: String
        package let isFolder: Bool
    }

    /// What is in the folder, in no order; nothing when it is not there. Names starting with a dot are left out.
    package static func entries(_ path: String) throws -> [Entry] {
        guard let folder = opendir(path) else {
            if errno == ENOENT || errno == ENOTDIR { return [] }
            throw Failure.fileSystem(errno, "list a folder")
        }
        defer { closedir(folder) }
        var entries: [Entry] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasPrefix(".") { continue }
            entries.append(Entry(name: name, isFolder: isFolder(entry.pointee.d_type, "\(path)/\(name)")))
        }
        return entries
    }

    /// The folder that holds `path`.
    package static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Some file systems do not tell the kind of an entry.
    private static func isFolder(_ kind: UInt8, _ path: String) -> Bool {
        guard kind == UInt8(DT_UNKNOWN) else { return kind == UInt8(DT_DIR) }
        var information = stat()
        return lstat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
    }
}

import Domain
import Glibc

/// A folder that others fill and this server empties. No call follows a link below it, whatever is put there meanwhile;
/// names are `/`-separated. All calls block.
package final class SharedFolder: Sendable {
    private let descriptor: Int32

    /// Opens the folder itself, which may be reached through links. `.notFound` when it is not there.
    package init(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure.fileSystem(errno, "open a folder") }
        self.descriptor = descriptor
    }

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// An entry of a folder.
    package struct Entry: Sendable {
        package enum Kind: Sendable { case folder, file, other }

        package let name: String
        package let kind: Kind
        package let stamp: FileStamp
    }

    /// What is in the folder, by name, without what begins with a dot.
    package func entries() throws -> [Entry] {
        try Folder.entries(place).compactMap { entry in
            var information = stat()
            guard fstatat(descriptor, entry.name, &information, AT_SYMLINK_NOFOLLOW) == 0 else {
                // Gone again, unless its name is no UTF-8, so that nobody can ask for it.
                guard entry.name.unicodeScalars.contains("\u{FFFD}") else { return nil }
                return Entry(name: entry.name, kind: .other, stamp: FileStamp(information))
            }
            let kind: Entry.Kind =
                switch information.st_mode & S_IFMT {
                case S_IFDIR: .folder
                case S_IFREG: .file
                default: .other
                }
            return Entry(name: entry.name, kind: kind, stamp: FileStamp(information))
        }.sorted { $0.name < $1.name }
    }

    /// The folder of this name in it; `.notFound` for a link and for what is no folder.
    package func folder(_ name: String) throws -> SharedFolder {
        let opened = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard opened >= 0 else {
            throw Failure.fileSystem(errno == ELOOP || errno == ENOTDIR ? ENOENT : errno, "open a folder")
        }
        return SharedFolder(descriptor: opened)
    }

    /// A regular file; `.notFound` for anything else.
    package func file(_ name: String) throws -> OpenFile {
        let (folder, last) = try parent(of: name)
        let opened = openat(folder.descriptor, last, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard opened >= 0 else { throw Failure.fileSystem(errno == ELOOP ? ENOENT : errno, "open a file") }
        guard let file = OpenFile(descriptor: opened) else { throw Failure.fileSystem(ENOENT, "open a file") }
        return file
    }

    package func remove(_ name: String) throws {
        let (folder, last) = try parent(of: name)
        guard unlinkat(folder.descriptor, last, 0) == 0 || errno == ENOENT else {
            throw Failure.fileSystem(errno, "delete a file")
        }
        guard fsync(folder.descriptor) == 0 else { throw Failure.fileSystem(errno, "make a folder durable") }
    }

    /// Gives the file another name, making the folders of that name; what has the name already stays, and the file gets
    /// a number. The name it has in the end.
    ///
    /// - Parameter note: a sentence to lie beside it, in a file of its name and `.txt`; that is there first.
    @discardableResult
    package func move(_ name: String, to target: String, note: String? = nil) throws -> String {
        let (source, sourceName) = try parent(of: name)
        let (folder, last) = try parent(of: target, making: true)
        for number in 1...Self.mostNamesakes {
            let free = number == 1 ? last : Self.numbered(last, number)
            guard !folder.has(free), note == nil || !folder.has("\(free).txt") else { continue }
            if let note { try folder.write(note + "\n", to: "\(free).txt") }
            guard renameat(source.descriptor, sourceName, folder.descriptor, free) == 0 else {
                throw Failure.fileSystem(errno, "move a file")
            }
            for changed in [folder, source] where fsync(changed.descriptor) != 0 {
                throw Failure.fileSystem(errno, "make a folder durable")
            }
            return (target.split(separator: "/").dropLast().map(String.init) + [free]).joined(separator: "/")
        }
        throw Failure(.conflict, "There are too many files of the name \(last).")
    }

    private static let mostNamesakes = 10_000

    private func has(_ name: String) -> Bool {
        var information = stat()
        return fstatat(descriptor, name, &information, AT_SYMLINK_NOFOLLOW) == 0
    }

    /// Writes a small text durably, in place of what is there.
    private func write(_ text: String, to name: String) throws {
        let temporary = "\(place)/.\(name)"
        unlink(temporary)
        let file = try NewFile(temporary)
        try file.write(text.utf8)
        try file.finish()
        guard rename(temporary, "\(place)/\(name)") == 0 else { throw Failure.fileSystem(errno, "name a file") }
    }

    /// A path that leads to this very folder, wherever it has been moved to.
    private var place: String { "/proc/self/fd/\(descriptor)" }

    /// `G1 (2).JPG`.
    package static func numbered(_ name: String, _ number: Int) -> String {
        let start = name.lastIndex(of: "/").map(name.index(after:)) ?? name.startIndex
        guard let dot = name.lastIndex(of: "."), dot > start else { return "\(name) (\(number))" }
        return "\(name[..<dot]) (\(number))\(name[dot...])"
    }

    private func parent(of name: String, making: Bool = false) throws -> (SharedFolder, String) {
        let parts = name.split(separator: "/").map(String.init)
        guard let last = parts.last, !parts.contains(".."), !parts.contains(".") else {
            throw Failure.fileSystem(ENOENT, "find a file")
        }
        let again = dup(descriptor)
        guard again >= 0 else { throw Failure.fileSystem(errno, "open a folder") }
        var folder = SharedFolder(descriptor: again)
        for part in parts.dropLast() {
            if making, mkdirat(folder.descriptor, part, 0o700) == 0 {
                guard fsync(folder.descriptor) == 0 else { throw Failure.fileSystem(errno, "make a folder durable") }
            }
            do {
                folder = try folder.folder(part)
            } catch let failure as Failure where making && failure.code == .notFound {
                throw Failure(.unavailable, "There is a file or a link where the folder “\(part)” is needed.")
            }
        }
        return (folder, last)
    }
}

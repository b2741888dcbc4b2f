import Domain
import Glibc

extension DirectoryStore {
    /// Deletes every object whose path starts with `prefix`, and the folders that are empty then.
    package func delete(prefix: String) async throws {
        let (folder, start) = try Self.split(prefix)
        try await BlockingWork.run {
            let parent = self.absolute(folder)
            for entry in try Folder.entries(parent) where entry.name.hasPrefix(start) {
                try self.remove("\(parent)/\(entry.name)", isFolder: entry.isFolder)
            }
            try self.removeEmptyFolders(folder)
        }
    }

    /// One rename, so that all of it is under one name or the other, whatever happens.
    package func move(prefix: String, to target: String) async throws {
        let (source, _) = try Self.split(prefix)
        let (folder, _) = try Self.split(target)
        guard source == prefix, folder == target, !source.isEmpty, !folder.isEmpty else {
            throw Failure(.internalError, "What is moved within the store is a folder.")
        }
        try await BlockingWork.run {
            let (old, new) = (self.absolute(source), self.absolute(folder))
            var information = stat()
            guard stat(old, &information) == 0 else {
                if errno == ENOENT { return }
                throw Failure.fileSystem(errno, "look at a folder of the store")
            }
            try self.remove(new, isFolder: true)
            guard rename(old, new) == 0 else { throw Failure.fileSystem(errno, "rename a folder of the store") }
            try Folder.synchronise(Folder.parent(of: new))
        }
    }

    package func list(prefix: String, after: String?, limit: Int) async throws -> [String] {
        let (folder, start) = try Self.split(prefix)
        return try await BlockingWork.run {
            var found: [String] = []
            try self.collect(folder, startingWith: start, after: after ?? "", limit: limit, into: &found)
            return found
        }
    }

    /// Adds paths in the order of their text, which is not that of a walk: `a.jpg` comes before `a/b.jpg`.
    private func collect(
        _ folder: String, startingWith start: String, after: String, limit: Int, into found: inout [String]
    ) throws {
        let names = try Folder.entries(absolute(folder))
            .filter { $0.name.hasPrefix(start) }
            .map { "\(folder)\($0.name)\($0.isFolder ? "/" : "")" }
            .sorted()
        for name in names where found.count < limit {
            if name.hasSuffix("/") {
                // A folder may still hold later paths when `after` lies inside it.
                guard name > after || after.hasPrefix(name) else { continue }
                try collect(name, startingWith: "", after: after, limit: limit, into: &found)
            } else if name > after {
                found.append(name)
            }
        }
    }

    private func remove(_ path: String, isFolder: Bool) throws {
        guard isFolder else {
            guard unlink(path) == 0 || errno == ENOENT else { throw Failure.fileSystem(errno, "delete a stored file") }
            return
        }
        for entry in try Folder.entries(path) { try remove("\(path)/\(entry.name)", isFolder: entry.isFolder) }
        // Not empty: somebody is storing something new there, which stays.
        guard rmdir(path) == 0 || errno == ENOENT || errno == ENOTEMPTY else {
            throw Failure.fileSystem(errno, "delete a folder of the store")
        }
    }

    /// Removes `folder` and those above it while they are empty, and makes the removal durable.
    private func removeEmptyFolders(_ folder: String) throws {
        var components = folder.split(separator: "/")
        while components.count > Self.sharedLevels {
            let path = "\(root)/\(components.joined(separator: "/"))"
            guard rmdir(path) == 0 || errno == ENOENT else { break }
            components.removeLast()
        }
        let last = components.isEmpty ? root : "\(root)/\(components.joined(separator: "/"))"
        var information = stat()
        if stat(last, &information) == 0 { try Folder.synchronise(last) }
    }

    private func absolute(_ folder: String) -> String {
        folder.isEmpty ? root : "\(root)/\(folder.dropLast())"
    }

    /// The folder of a prefix (empty, or ending in `/`) and the start of a name in it.
    private static func split(_ prefix: String) throws -> (folder: String, start: String) {
        let components = prefix.split(separator: "/", omittingEmptySubsequences: false)
        let isClean = components.dropLast().allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
        guard isClean, !prefix.utf8.contains(0), components.last?.hasPrefix(".") != true else {
            throw Failure(.internalError, "A prefix of the store is not one that the store makes.")
        }
        guard let slash = prefix.lastIndex(of: "/") else { return ("", prefix) }
        return (String(prefix[...slash]), String(prefix[prefix.index(after: slash)...]))
    }
}

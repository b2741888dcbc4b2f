import Domain
import Storage

/// An inbox that is a folder of this machine.
package struct InboxFolder: InboxPlace {
    /// Absolute.
    private let path: String

    static let done = "done"
    static let refused = "refused"

    private let setsAside: Bool

    /// - Parameter setsAside: what was looked at lies in it, too, under `done` and `refused`.
    package init(path: String, setsAside: Bool = true) {
        self.path = path
        self.setsAside = setsAside
    }

    package var description: String { path }
    package var isAtomic: Bool { false }

    package func list() async throws -> InboxListing {
        try await BlockingWork.run { [path, setsAside] in
            let root = try SharedFolder(path)
            let own = setsAside ? [Self.done, Self.refused] : []
            var listing = InboxListing()
            for entry in try root.entries() where !own.contains(entry.name) {
                Self.add(entry, of: root, "", depth: 0, to: &listing)
            }
            return listing
        }
    }

    /// Deeper folders are somebody's mistake.
    private static let deepest = 32

    private static func add(
        _ entry: SharedFolder.Entry, of folder: SharedFolder, _ prefix: String, depth: Int,
        to listing: inout InboxListing
    ) {
        let path = prefix + entry.name
        switch entry.kind {
        case .file: listing.entries.append(InboxEntry(path: path, stamp: entry.stamp))
        case .other: listing.troubles[path] = "It is a link or no file, and is left where it is."
        case .folder:
            guard depth < deepest else {
                listing.troubles[path] = "It lies too deep, and is left where it is."
                return
            }
            do {
                let inner = try folder.folder(entry.name)
                for entry in try inner.entries() { add(entry, of: inner, path + "/", depth: depth + 1, to: &listing) }
            } catch let failure as Failure {
                listing.troubles[path] = InboxTrouble.text(failure)
            } catch {
                listing.troubles[path] = "\(error)"
            }
        }
    }

    package func open(_ entry: InboxEntry) async throws -> InboxFile {
        try await BlockingWork.run { [path] in
            let file = try SharedFolder(path).file(entry.path)
            guard try file.stamp() == entry.stamp else { throw InboxTrouble.changed }
            return InboxFile(file: file) { try file.stamp() == entry.stamp }
        }
    }

    package func settle(_ entry: InboxEntry, as end: InboxEnd) async throws {
        try await BlockingWork.run { [path] in
            let root = try SharedFolder(path)
            do {
                guard try root.file(entry.path).stamp() == entry.stamp else { return }
            } catch let failure as Failure where failure.code == .notFound {
                return
            } catch {
                // What cannot be read can still be moved.
                guard case .refused = end else { throw error }
            }
            switch end {
            case .deleted: try root.remove(entry.path)
            case .done: try root.move(entry.path, to: "\(Self.done)/\(entry.path)")
            case .refused(let reason): try root.move(entry.path, to: "\(Self.refused)/\(entry.path)", note: reason)
            }
        }
    }
}

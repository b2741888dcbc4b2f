import Domain
import Storage
import StorageS3

/// An inbox that is a prefix of a bucket. An object is whole when it is listed.
package struct InboxBucket: InboxPlace {
    private let objects: S3Objects
    private let name: String
    /// Ends in `/`.
    private let prefix: String
    /// Where objects are while they are read; a folder of this machine.
    private let scratch: String

    package init(_ store: S3Store, prefix: String, scratch: String) {
        objects = S3Objects(store)
        name = store.bucket.name
        self.prefix = prefix
        self.scratch = scratch
    }

    package var description: String { "s3://\(name)/\(prefix)" }
    package var isAtomic: Bool { true }

    private var own: [String] { [InboxFolder.done, InboxFolder.refused].map { "\(prefix)\($0)/" } }

    package func list() async throws -> InboxListing {
        let top = try await objects.level(under: prefix)
        var found = top.objects
        // What is done is not read through again each time.
        for label in top.prefixes where !own.contains(label) { found += try await objects.all(under: label) }
        return InboxListing(entries: found.map(entry))
    }

    package func open(_ entry: InboxEntry) async throws -> InboxFile {
        let file = try await objects.read(listed(entry)).localCopy(in: scratch)
        guard file.size == entry.stamp.size else { throw InboxTrouble.changed }
        return InboxFile(file: file) { true }
    }

    package func settle(_ entry: InboxEntry, as end: InboxEnd) async throws {
        let object = listed(entry)
        switch end {
        case .deleted: break
        case .done:
            let target = try await free("\(prefix)\(InboxFolder.done)/\(entry.path)", withNote: false)
            guard try await objects.copy(object, to: target) else { return }
        case .refused(let reason):
            let target = try await free("\(prefix)\(InboxFolder.refused)/\(entry.path)", withNote: true)
            try await objects.write(reason + "\n", to: "\(target).txt")
            guard try await objects.copy(object, to: target) else { return }
        }
        try await objects.remove(object.path)
    }

    private func entry(_ object: S3Objects.Listed) -> InboxEntry {
        InboxEntry(
            path: String(object.path.dropFirst(prefix.count)),
            stamp: FileStamp(size: object.size, identity: object.tag))
    }

    private func listed(_ entry: InboxEntry) -> S3Objects.Listed {
        S3Objects.Listed(path: prefix + entry.path, size: entry.stamp.size, tag: entry.stamp.identity)
    }

    /// The name, with a number where there is such an object already.
    private func free(_ path: String, withNote: Bool) async throws -> String {
        for number in 1...Self.mostNamesakes {
            let name = number == 1 ? path : SharedFolder.numbered(path, number)
            guard try await !objects.isThere(name) else { continue }
            if withNote, try await objects.isThere("\(name).txt") { continue }
            return name
        }
        throw Failure(.conflict, "There are too many objects of the name \(path).")
    }

    private static let mostNamesakes = 1000
}

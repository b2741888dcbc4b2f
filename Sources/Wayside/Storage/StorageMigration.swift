import Catalogue
import Domain
import Storage

/// Copies the files of all pictures from one store to another and compares them there by their hash. The catalogue says
/// which files there are and what they must be; the source is not changed.
struct StorageMigration {
    let catalogue: Catalogue
    let source: any ObjectStore
    let target: any ObjectStore
    let journal: MigrationJournal
    /// Whether each file is read back and compared by its hash; else the target's word counts, that it has stored the
    /// bytes it was sent.
    let readsBack: Bool
    /// For files on their way.
    let scratch: ScratchFolder
    let report: @Sendable (String) -> Void

    /// What a pass has seen.
    struct Pass: Sendable {
        var files = 0
        var copied = 0
        var bytes: Int64 = 0
        /// Not in the source, or not what the catalogue says.
        var damaged: [String] = []
    }

    private static let batch = 500
    private static let width = 8

    /// Copies what is not in the journal yet.
    func copy() async throws -> Pass {
        var pass = Pass()
        try await forEachBatch { files in
            let wanted = files.filter { !journal.contains($0) }
            pass.files += files.count
            for (file, isGood) in try await copy(wanted) {
                if isGood {
                    pass.copied += 1
                    pass.bytes += file.size
                } else {
                    pass.damaged.append(file.key.path)
                }
            }
            if !wanted.isEmpty { report("\(pass.files) files looked at, \(pass.copied) copied") }
        }
        return pass
    }

    /// Removes from the target what no picture has any more, and forgets what the target does not have after all. With
    /// no server at work; whether nothing was missing.
    func settle() async throws -> Bool {
        var present = Set<Int>()
        var strays: [String] = []
        let expected = try await expected()
        for prefix in ["pictures/", "originals/"] {
            var last: String?
            while let page = try await page(of: prefix, after: last) {
                last = page.last
                present.formUnion(page.map(\.hashValue))
                strays += page.filter { !expected.contains($0.hashValue) }
            }
        }
        for stray in strays { try await target.delete(prefix: stray) }
        var isWhole = true
        try await forEachBatch { files in
            for file in files where journal.contains(file) && !present.contains(file.key.path.hashValue) {
                try journal.forget(file)
                isWhole = false
            }
        }
        return isWhole
    }

    private func expected() async throws -> Set<Int> {
        var paths = Set<Int>()
        try await forEachBatch { files in paths.formUnion(files.map { $0.key.path.hashValue }) }
        return paths
    }

    private func page(of prefix: String, after last: String?) async throws -> [String]? {
        let page = try await target.list(prefix: prefix, after: last, limit: 1000)
        return page.isEmpty ? nil : page
    }

    private func forEachBatch(_ body: ([StoredFile]) async throws -> Void) async throws {
        var after: PictureID?
        repeat {
            let pictures = try await catalogue.archive.pictures(after: after, limit: Self.batch)
            try await body(pictures.flatMap(StoredFile.files))
            after = pictures.count == Self.batch ? pictures.last?.id : nil
        } while after != nil
    }

    private func copy(_ files: [StoredFile]) async throws -> [(StoredFile, Bool)] {
        try await withThrowingTaskGroup(of: (StoredFile, Bool).self) { group in
            var results: [(StoredFile, Bool)] = []
            for (number, file) in files.enumerated() {
                if number >= Self.width, let result = try await group.next() { results.append(result) }
                group.addTask { (file, try await copy(file)) }
            }
            for try await result in group { results.append(result) }
            return results
        }
    }

    /// False when the source does not have it, or has something else.
    private func copy(_ file: StoredFile) async throws -> Bool {
        do {
            if let folder = source as? DirectoryStore {
                return try await send("\(folder.root)/\(file.key.path)", as: file)
            }
            let local = try await BlockingWork.run { try scratch.newPath() }
            defer { scratch.drop(local) }
            try await source.copy(file.key, toFileAt: local)
            return try await send(local, as: file)
        } catch let failure as Failure where failure.code == .notFound {
            return false
        }
    }

    private func send(_ path: String, as file: StoredFile) async throws -> Bool {
        let found = try await BlockingWork.run { try CheckedCopy.sha256(OpenFile(path)) }
        guard found == file.sha256 else { return false }
        try await target.put(file.key, fileAt: path)
        if readsBack {
            guard try await hash(of: file.key) == file.sha256 else {
                throw Failure(.unavailable, "\(file.key.path) is not what it was, once it is in the other storage.")
            }
        }
        try journal.add(file)
        return true
    }

    /// Of what the target gives back.
    private func hash(of key: ObjectKey) async throws -> String {
        let hash = StreamHash()
        switch try await target.read(key, range: nil) {
        case .whole(let buffer): hash.add(buffer)
        case .stream(let chunks): try await chunks { chunk in hash.add(chunk) }
        }
        return hash.text
    }
}

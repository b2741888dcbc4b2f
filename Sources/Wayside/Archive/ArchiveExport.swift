import Catalogue
import CatalogueSQLite
import Domain
import Foundation
import Storage

/// Copies everything that a data folder holds into an archive, beside a running server.
///
/// The catalogue is copied as it is at one moment. Files that are gone by the time they are copied belong to pictures
/// that have changed since then: the catalogue is copied again, and what is new with it, until all of it fits together.
struct ArchiveExport {
    let data: DataFolder
    let store: any ObjectStore
    let migrations: String
    let target: ArchiveFolder

    private static let attempts = 10
    private static let batch = 500

    /// What has been copied; hashes of names and contents, since there may be millions.
    private struct State {
        /// Of the attempt before and of this one.
        var (before, now): (Set<Int>, Set<Int>) = ([], [])
        var names = Set<Int>()
        var bytes: Int64 = 0
        var missing = 0
        var firstMissing: String?
    }

    func run() async throws -> ArchiveManifest {
        try target.begin()
        var state = State()
        for _ in 0..<Self.attempts {
            let snapshot = try await takeSnapshot()
            try await copyFiles(&state)
            if state.missing == 0 { return try finish(snapshot, state) }
        }
        let count = state.missing == 1 ? "A file is" : "\(state.missing) files are"
        throw Failure(
            .unprocessable,
            "\(count) missing or damaged in the data folder, the first \(state.firstMissing ?? ""); nothing was finished."
        )
    }

    private var snapshotPath: String { target.path(of: ArchiveFolder.catalogue) }

    private func takeSnapshot() async throws -> SQLiteSnapshot {
        target.remove(ArchiveFolder.catalogue)
        let snapshot = SQLiteSnapshot(path: snapshotPath)
        try snapshot.take(of: data.catalogue)
        try await reading { try await $0.archive.makePortable() }
        try snapshot.settle()
        return snapshot
    }

    private func reading<Value>(_ body: (Catalogue) async throws -> Value) async throws -> Value {
        let engine = try await SQLiteEngine(path: snapshotPath, migrations: migrations, readLimit: .seconds(3_600))
        let result: Value
        do {
            result = try await body(Catalogue(engine: engine))
        } catch {
            try? engine.close()
            throw error
        }
        try engine.close()
        return result
    }

    private func copyFiles(_ state: inout State) async throws {
        (state.before, state.now, state.names) = (state.now, [], [])
        (state.bytes, state.missing, state.firstMissing) = (0, 0, nil)
        let before = try target.setAside(ArchiveFolder.sums)
        let sums = try ArchiveSums(path: target.path(of: ArchiveFolder.sums))
        let earlier = state
        state = try await reading { catalogue in
            var (state, after) = (earlier, PictureID?.none)
            repeat {
                let pictures = try await catalogue.archive.pictures(after: after, limit: Self.batch)
                for file in try pictures.flatMap(ArchivedFile.files) {
                    try await add(file, &state)
                    try sums.add(file.line)
                }
                after = pictures.count == Self.batch ? pictures.last?.id : nil
            } while after != nil
            return state
        }
        try sums.finish()
        if let before {
            try removeStrays(listedIn: before, state)
            target.remove("\(ArchiveFolder.sums).before")
        }
    }

    /// What was erased, or got another name, since the attempt before.
    private func removeStrays(listedIn path: String, _ state: State) throws {
        var lines = ArchiveLines(try OpenFile(path))
        while let line = try lines.next() {
            let name = String(line.dropLast().dropFirst(66))
            if !state.names.contains(name.hashValue) { target.remove(name) }
        }
    }

    private func add(_ file: ArchivedFile, _ state: inout State) async throws {
        state.bytes += file.size
        state.names.insert(file.name.hashValue)
        let isThere = state.before.contains(file.hashValue)
        if try await isThere ? true : copy(file) {
            state.now.insert(file.hashValue)
        } else {
            state.missing += 1
            state.firstMissing = state.firstMissing ?? file.name
        }
    }

    private func copy(_ file: ArchivedFile) async throws -> Bool {
        guard let key = file.key, !(store is DirectoryStore) else {
            return try copy(file, from: "\(data.path)/\(file.name)")
        }
        let scratch = ScratchFolder(path: data.scratch)
        let local = try scratch.newPath()
        defer { scratch.drop(local) }
        do {
            try await store.copy(key, toFileAt: local)
        } catch let failure as Failure where failure.code == .notFound {
            return false
        }
        return try copy(file, from: local)
    }

    private func copy(_ file: ArchivedFile, from path: String) throws -> Bool {
        do {
            let source = try OpenFile(path)
            return try CheckedCopy.copy(
                source, to: target.path(of: file.name), size: file.size, sha256: file.sha256)
        } catch let failure as Failure where failure.code == .notFound {
            return false
        }
    }

    private func finish(_ snapshot: SQLiteSnapshot, _ state: State) throws -> ArchiveManifest {
        try snapshot.settle()
        let manifest = ArchiveManifest(
            format: ArchiveManifest.format, version: ArchiveManifest.version, program: Version.text, madeAt: .now,
            rows: try snapshot.counts(), files: state.names.count, bytes: state.bytes,
            catalogue: try part(ArchiveFolder.catalogue), sums: try part(ArchiveFolder.sums))
        CheckedCopy.synchronise()
        try manifest.write(to: target.path(of: ArchiveFolder.manifest))
        target.remove(ArchiveFolder.mark)
        CheckedCopy.synchronise()
        return manifest
    }

    private func part(_ name: String) throws -> ArchiveManifest.Part {
        let file = try OpenFile(target.path(of: name))
        return .init(size: file.size, sha256: try CheckedCopy.sha256(file))
    }
}

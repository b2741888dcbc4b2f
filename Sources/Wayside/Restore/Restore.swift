import Catalogue
import CatalogueSQLite
import Delivery
import Domain
import Foundation
import Glibc
import Storage

/// Fills an empty data folder, and its store, from a destination that a backup route has filled.
///
/// The catalogue takes effect last; a run that was interrupted is run again, and goes on where it was. What the backup
/// lacks, or has otherwise than the catalogue says, is named, and everything else is restored.
struct Restore {
    let settings: Settings
    let source: any Destination
    /// Called with a line for each file that is lost.
    let lost: @Sendable (String) -> Void
    /// Called now and then with how many pictures are done.
    let progress: @Sendable (Int) -> Void

    struct Outcome: Sendable {
        let manifest: BackupManifest
        var pictures = 0
        var files = 0
        var bytes: Int64 = 0
        /// Files that the backup lacks, or has otherwise.
        var lost = 0
        /// Pictures that nobody can look at for it.
        var broken = 0
        /// Pictures that were not prepared yet when the backup was made: their files were never in it.
        var unprepared = 0
    }

    private static let (batch, width) = (200, 4)

    func run() async throws -> Outcome {
        try settings.data.make()
        let folder = RestoreFolder(data: settings.data)
        let isResumed = try folder.begin()
        let lock = try settings.data.lock()
        defer { withExtendedLifetime(lock) {} }
        let (manifest, store): (BackupManifest, any ObjectStore)
        do {
            (manifest, store) = try await prepare(folder, isResumed)
        } catch {
            // Nothing was begun: nothing stays that another command would take for its own.
            if !isResumed { folder.abandon() }
            throw error
        }
        let engine = try await SQLiteEngine(
            path: folder.catalogue, migrations: settings.migrationsFolder, readLimit: .seconds(3600))
        let outcome: Outcome
        do {
            outcome = try await restore(manifest, Catalogue(engine: engine), store, comparing: isResumed)
        } catch {
            try? engine.close()
            throw error
        }
        try engine.close()
        // One file is put in its place: what the log beside it holds has to be in it.
        try await BlockingWork.run { try SQLiteSnapshot(path: folder.catalogue).settle() }
        try folder.commit()
        return outcome
    }

    /// The catalogue is here, and the store is empty or what the run before has left.
    private func prepare(
        _ folder: RestoreFolder, _ isResumed: Bool
    ) async throws -> (BackupManifest, any ObjectStore) {
        let manifest = try await self.manifest()
        try await fetchCatalogue(manifest, folder)
        let store = try await StoreOpening(settings: settings).openForServer()
        try await requireEmpty(store, isResumed)
        try folder.mark()
        return (manifest, store)
    }

    private func manifest() async throws -> BackupManifest {
        do {
            let path = try await fetch(BackupFiles.manifest)
            defer { unlink(path) }
            guard let bytes = FileManager.default.contents(atPath: path) else { throw Failure.notFound("file") }
            return try BackupManifest.read(bytes)
        } catch let failure as Failure where failure.code == .notFound {
            throw Failure(
                .notFound,
                "There is no \(BackupFiles.manifest): this is no destination of a backup route, or its first "
                    + "backup was not finished.")
        }
    }

    private func fetch(_ name: String) async throws -> String {
        let scratch = ScratchFolder(path: settings.data.scratch)
        let path = try await BlockingWork.run { try scratch.newPath() }
        do {
            try await Patience.of {
                // What a try before has left.
                unlink(path)
                try await source.read(name, into: path)
            }
        } catch {
            unlink(path)
            throw error
        }
        return path
    }

    /// Fetches it, unless the one that an interrupted run has left is the same.
    private func fetchCatalogue(_ manifest: BackupManifest, _ folder: RestoreFolder) async throws {
        if try folder.has(manifest) { return }
        let path: String
        do {
            path = try await fetch(manifest.catalogue)
        } catch let failure as Failure where failure.code == .notFound {
            throw Failure(.unprocessable, "The backup's catalogue, \(manifest.catalogue), is missing.")
        }
        defer { unlink(path) }
        try await BlockingWork.run { [settings] in
            try folder.clear()
            guard
                try CheckedCopy.copy(
                    try OpenFile(path), to: folder.catalogue, size: manifest.size, sha256: manifest.sha256)
            else {
                throw Failure(.unprocessable, "The backup's catalogue, \(manifest.catalogue), is damaged or cut off.")
            }
            try SQLiteSnapshot(path: folder.catalogue).check(migrations: settings.migrationsFolder)
            try folder.note(manifest)
        }
    }

    private func requireEmpty(_ store: any ObjectStore, _ isResumed: Bool) async throws {
        guard !isResumed else { return }
        for prefix in ["pictures/", "originals/"] {
            guard try await store.list(prefix: prefix, after: nil, limit: 1).isEmpty else {
                throw Failure(.conflict, "There are files of pictures in the storage already; it has to be empty.")
            }
        }
    }

    private func restore(
        _ manifest: BackupManifest, _ catalogue: Catalogue, _ store: any ObjectStore, comparing: Bool
    ) async throws -> Outcome {
        try await catalogue.archive.check()
        var (outcome, after) = (Outcome(manifest: manifest), PictureID?.none)
        repeat {
            let pictures = try await catalogue.archive.pictures(after: after, limit: Self.batch)
            try await bring(pictures, catalogue, store, comparing, &outcome)
            progress(outcome.pictures)
            after = pictures.count == Self.batch ? pictures.last?.id : nil
        } while after != nil
        try await catalogue.audit.record(
            "backup.restored", by: .system, subject: "backup",
            details: ["made_at": RFC3339.string(manifest.madeAt), "lost": "\(outcome.lost)"], at: .now)
        return outcome
    }

    private func bring(
        _ pictures: [ArchivedPicture], _ catalogue: Catalogue, _ store: any ObjectStore, _ comparing: Bool,
        _ outcome: inout Outcome
    ) async throws {
        let results = try await withThrowingTaskGroup(of: (ArchivedPicture, [RestoredFile]).self) { group in
            var results: [(ArchivedPicture, [RestoredFile])] = []
            for (number, picture) in pictures.enumerated() {
                if number >= Self.width, let result = try await group.next() { results.append(result) }
                group.addTask { (picture, try await bring(picture, store, comparing)) }
            }
            for try await result in group { results.append(result) }
            return results
        }
        for (picture, files) in results {
            outcome.pictures += 1
            if picture.staged != nil { outcome.unprepared += 1 }
            let missing = files.filter { $0.fault != nil }
            for file in files where file.fault == nil {
                outcome.files += 1
                outcome.bytes += file.file.size
            }
            guard !missing.isEmpty else { continue }
            for file in missing { lost("\(file.fault ?? ""): \(file.name)") }
            outcome.lost += missing.count
            let isBroken = missing.contains { $0.part == nil }
            if isBroken { outcome.broken += 1 }
            try await catalogue.archive.lost(
                picture.id, originals: Set(missing.compactMap(\.part)), derivatives: isBroken, at: .now)
        }
    }

    private func bring(
        _ picture: ArchivedPicture, _ store: any ObjectStore, _ comparing: Bool
    ) async throws -> [RestoredFile] {
        var files: [RestoredFile] = []
        for file in StoredFile.files(of: picture) {
            files.append(RestoredFile(file: file, fault: try await bring(file, store, comparing)))
        }
        return files
    }

    /// What is wrong with it in the backup; nil once it is in the store.
    private func bring(_ file: StoredFile, _ store: any ObjectStore, _ comparing: Bool) async throws -> String? {
        if comparing, try await isThere(file, store) { return nil }
        let path: String
        do {
            path = try await fetch(BackupFiles.name(file.key))
        } catch let failure as Failure where failure.code == .notFound {
            return "missing"
        }
        defer { unlink(path) }
        let isGood = try await BlockingWork.run {
            let found = try OpenFile(path)
            return try found.size == file.size && CheckedCopy.sha256(found) == file.sha256
        }
        guard isGood else { return "damaged" }
        try await Patience.of { try await store.put(file.key, fileAt: path) }
        return nil
    }

    /// Brought by the run before.
    private func isThere(_ file: StoredFile, _ store: any ObjectStore) async throws -> Bool {
        guard try await store.head(file.key) == file.size else { return false }
        let hash = StreamHash()
        switch try await store.read(file.key, range: nil) {
        case .whole(let buffer): hash.add(buffer)
        case .stream(let chunks): try await chunks { chunk in hash.add(chunk) }
        }
        return hash.text == file.sha256
    }
}

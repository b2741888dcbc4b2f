import Domain
import Foundation
import Storage

/// What a restore works in until it takes effect: `importing/` of the data folder, which no server starts beside.
struct RestoreFolder: Sendable {
    let data: DataFolder

    /// Says that this is a restore.
    static let mark = "restore"
    /// Says of what, once its catalogue is here.
    private var record: String { "\(data.importing)/restore.json" }
    /// There from when the store may hold something of it.
    private var begun: String { "\(data.importing)/begun" }

    var catalogue: String { "\(data.importing)/catalogue.sqlite" }

    /// Makes the folder, or finds the one of a run that was interrupted.
    ///
    /// - Returns: whether that had begun to fill the store.
    /// - Throws: `.conflict` when there is a catalogue, or an import of something else is under way.
    func begin() throws -> Bool {
        guard !data.isThere else {
            throw Failure(
                .conflict,
                "There is a catalogue in \(data.path) already; a backup is restored into an empty folder only.")
        }
        let files = FileManager.default
        do {
            let names = try? files.contentsOfDirectory(atPath: data.importing)
            guard names == nil || names == [] || names?.contains(Self.mark) == true else {
                throw Failure(
                    .conflict,
                    "An import of an archive into \(data.path) was not finished; run it once more, or empty the folder."
                )
            }
            try files.createDirectory(
                atPath: data.importing, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try Data().write(to: URL(filePath: "\(data.importing)/\(Self.mark)"))
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(.unavailable, "The data folder cannot be written.", underlying: error)
        }
        return files.fileExists(atPath: begun)
    }

    /// Whether the catalogue that lies here is the one of this backup.
    func has(_ manifest: BackupManifest) throws -> Bool {
        guard let bytes = FileManager.default.contents(atPath: record),
            FileManager.default.fileExists(atPath: catalogue)
        else { return false }
        return try BackupManifest.read(bytes) == manifest
    }

    /// Removes a catalogue that is not whole, or of another backup.
    func clear() throws {
        for ending in ["", "-wal", "-shm", "-journal"] {
            try? FileManager.default.removeItem(atPath: catalogue + ending)
        }
    }

    /// The catalogue is here and was looked at.
    func note(_ manifest: BackupManifest) throws {
        try? FileManager.default.removeItem(atPath: "\(record).new")
        try WholeFile.write(try manifest.bytes(), to: "\(record).new", named: record)
    }

    /// The store is being filled from now on.
    func mark() throws {
        guard !FileManager.default.fileExists(atPath: begun) else { return }
        // Of a run that was ended just here.
        try? FileManager.default.removeItem(atPath: "\(begun).new")
        try WholeFile.write(Data(), to: "\(begun).new", named: begun)
    }

    func abandon() { try? FileManager.default.removeItem(atPath: data.importing) }

    /// Makes all of it durable, and puts the catalogue in its place.
    func commit() throws {
        CheckedCopy.synchronise()
        do {
            try FileManager.default.moveItem(atPath: catalogue, toPath: data.catalogue)
            CheckedCopy.synchronise()
            try FileManager.default.removeItem(atPath: data.importing)
        } catch {
            throw Failure(.unavailable, "The data folder cannot be written.", underlying: error)
        }
    }
}

import Catalogue
import CatalogueSQLite
import Domain
import Foundation
import Storage

/// Fills an empty data folder from an archive that somebody else may have made.
///
/// Everything is copied into a folder of its own first and checked on the way; the catalogue is put in its place last,
/// so that there is all of it or nothing. Every name comes from the catalogue's identifiers and never from the archive.
struct ArchiveImport {
    let data: DataFolder
    let migrations: String
    let source: String

    private static let batch = 500
    /// Bytes of the disk that an import leaves free.
    private static let reserve: Int64 = 64 << 20

    func run() async throws -> ArchiveManifest {
        let archive = try open()
        let manifest = try ArchiveManifest.read(try part(ArchiveFolder.manifest, of: archive))
        try prepare()
        let lock = try data.lock()
        defer { withExtendedLifetime(lock) {} }
        do {
            try clear()
            try FileManager.default.createDirectory(
                atPath: data.importing, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            try checkRoom(for: manifest)
            try copyCatalogue(manifest, archive)
            try await copyFiles(manifest, archive)
            try commit()
        } catch {
            // Once the catalogue is in its place, what is left is no longer the import's to remove.
            if !data.isThere { try? clear() }
            throw Self.failure(error)
        }
        return manifest
    }

    private func open() throws -> ForeignFolder {
        do {
            return try ForeignFolder(path: source)
        } catch {
            throw Failure(.notFound, "There is no folder \(source).", underlying: error)
        }
    }

    private func part(_ name: String, of archive: ForeignFolder) throws -> OpenFile {
        do {
            return try archive.file(name)
        } catch let failure as Failure where failure.code == .notFound {
            throw Failure(
                .unprocessable,
                "The folder \(source) is not an archive, or its export was not finished: it has no \(name).")
        }
    }

    /// Throws `.conflict` when there is anything in the data folder that an import would mix with.
    private func prepare() throws {
        try data.make()
        guard !data.isThere else {
            throw Failure(
                .conflict,
                "There is a catalogue in \(data.path) already; an archive is imported into an empty folder only.")
        }
        guard !FileManager.default.fileExists(atPath: "\(data.importing)/\(RestoreFolder.mark)") else {
            throw Failure(
                .conflict, "A restore into \(data.path) was not finished; run it once more, or empty the folder.")
        }
        // What an import that was interrupted has left is its own.
        if FileManager.default.fileExists(atPath: data.importing) { return }
        for folder in [data.store, data.staging] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            guard names.allSatisfy({ $0.hasPrefix(".") }) else {
                throw Failure(
                    .conflict, "There are files in \(folder) already; an archive is imported into an empty folder only."
                )
            }
        }
    }

    /// Removes what is of an import only: called while there is no catalogue. The mark itself goes last.
    private func clear() throws {
        let files = FileManager.default
        guard files.fileExists(atPath: data.importing) else { return }
        for path in [data.store, data.staging, data.importing] where files.fileExists(atPath: path) {
            try files.removeItem(atPath: path)
        }
    }

    private func checkRoom(for manifest: ArchiveManifest) throws {
        let parts = [manifest.bytes, manifest.catalogue.size, Self.reserve]
        guard manifest.files >= 0, parts.allSatisfy({ $0 >= 0 && $0 < 1 << 56 }) else {
            throw Failure(.unprocessable, "The archive's manifest names sizes that cannot be.")
        }
        let (needed, room) = (parts.reduce(0, +), try CheckedCopy.room(in: data.path))
        guard needed <= room else {
            throw Failure(
                .noSpace,
                "The archive needs \(Console.size(needed)); the disk of \(data.path) has \(Console.size(room)).")
        }
    }

    private var catalogue: String { "\(data.importing)/\(ArchiveFolder.catalogue)" }

    private func copyCatalogue(_ manifest: ArchiveManifest, _ archive: ForeignFolder) throws {
        let file = try part(ArchiveFolder.catalogue, of: archive)
        let expected = manifest.catalogue
        guard try CheckedCopy.copy(file, to: catalogue, size: expected.size, sha256: expected.sha256) else {
            throw Self.altered(ArchiveFolder.catalogue)
        }
        let snapshot = SQLiteSnapshot(path: catalogue)
        try snapshot.check(migrations: migrations)
        guard try snapshot.counts() == manifest.rows else {
            throw Failure(.unprocessable, "The archive's catalogue has other numbers of rows than its manifest says.")
        }
    }

    private func copyFiles(_ manifest: ArchiveManifest, _ archive: ForeignFolder) async throws {
        let list = try part(ArchiveFolder.sums, of: archive)
        guard list.size == manifest.sums.size, try CheckedCopy.sha256(list) == manifest.sums.sha256 else {
            throw Self.altered(ArchiveFolder.sums)
        }
        let engine = try await SQLiteEngine(path: catalogue, migrations: migrations, readLimit: .seconds(3_600))
        do {
            try await copyFiles(of: Catalogue(engine: engine), list, manifest, archive)
        } catch {
            try? engine.close()
            throw error
        }
        try engine.close()
    }

    private func copyFiles(
        of catalogue: Catalogue, _ list: OpenFile, _ manifest: ArchiveManifest, _ archive: ForeignFolder
    ) async throws {
        try await catalogue.archive.check()
        var (lines, after) = (ArchiveLines(list), PictureID?.none)
        var (files, bytes): (Int, Int64) = (0, 0)
        repeat {
            let pictures = try await catalogue.archive.pictures(after: after, limit: Self.batch)
            for file in try pictures.flatMap(ArchivedFile.files) {
                guard files < manifest.files, file.size <= manifest.bytes - bytes else { throw Self.tooMuch }
                (files, bytes) = (files + 1, bytes + file.size)
                try check(try lines.next(), file)
                try copy(file, archive)
            }
            after = pictures.count == Self.batch ? pictures.last?.id : nil
        } while after != nil
        if let line = try lines.next() { try Self.refuse(line) }
        guard files == manifest.files, bytes == manifest.bytes else { throw Self.tooMuch }
        try await catalogue.audit.record(
            "archive.imported", by: .system, subject: "archive", details: ["made_at": "\(manifest.madeAt)"], at: .now)
    }

    private func check(_ line: String?, _ file: ArchivedFile) throws {
        guard line != file.line else { return }
        guard let line else {
            throw Failure(.unprocessable, "The archive's list of files ends before \(file.name).")
        }
        try Self.refuse(line)
    }

    /// Says what is wrong with a line that is not the one expected.
    private static func refuse(_ line: String) throws -> Never {
        let name = String(line.dropLast().dropFirst(66))
        guard ForeignFolder.isInside(name) else {
            throw Failure(
                .unprocessable, "The archive's list names a file outside of it: \(name.prefix(80).debugDescription).")
        }
        throw Failure(.unprocessable, "The archive's list and its catalogue do not agree about \(name.prefix(120)).")
    }

    private func copy(_ file: ArchivedFile, _ archive: ForeignFolder) throws {
        let source = try archive.file(file.name)
        let target = "\(data.importing)/\(file.name)"
        guard try CheckedCopy.copy(source, to: target, size: file.size, sha256: file.sha256) else {
            throw Self.altered(file.name)
        }
    }

    /// Makes all of it durable and puts it in its place, the catalogue last.
    private func commit() throws {
        CheckedCopy.synchronise()
        for (name, target) in [
            ("store", data.store), ("staging", data.staging), (ArchiveFolder.catalogue, data.catalogue),
        ] {
            let source = "\(data.importing)/\(name)"
            guard FileManager.default.fileExists(atPath: source) else { continue }
            // An empty folder gives way.
            if name != ArchiveFolder.catalogue { try? FileManager.default.removeItem(atPath: target) }
            try FileManager.default.moveItem(atPath: source, toPath: target)
            CheckedCopy.synchronise()
        }
        try FileManager.default.removeItem(atPath: data.importing)
    }

    private static func altered(_ name: String) -> Failure {
        Failure(.unprocessable, "The archive was altered or cut off: \(name) is not what it was when it was made.")
    }

    private static let tooMuch = Failure(
        .unprocessable, "The archive holds another number of files or bytes than its manifest says.")

    private static func failure(_ error: any Error) -> any Error {
        if error is Failure { return error }
        return Failure(.unavailable, "The data folder cannot be written.", underlying: error)
    }
}

import Catalogue
import CatalogueSQLite
import Delivery
import Domain
import Foundation
import Storage

/// Brings the catalogue, as it is at one moment, to a destination that has the files of its pictures.
///
/// The new one is there under a name of its own before `wayside-backup.json` names it, and the old one goes after that:
/// what an interruption leaves is one backup or the other, and never half of each.
struct CatalogueBackup {
    let data: DataFolder
    let migrations: String
    let destination: any Destination

    @discardableResult
    func send() async throws -> BackupManifest {
        let scratch = ScratchFolder(path: data.scratch)
        let path = try await BlockingWork.run { try scratch.newPath() }
        defer { Self.remove(path) }
        let snapshot = SQLiteSnapshot(path: path)
        try await BlockingWork.run { [data] in try snapshot.take(of: data.catalogue) }
        try await makePortable(path)
        let manifest = try await BlockingWork.run {
            try snapshot.settle()
            let file = try OpenFile(path)
            return BackupManifest(rows: try snapshot.counts(), size: file.size, sha256: try CheckedCopy.sha256(file))
        }
        try await put(path, manifest.catalogue, "application/vnd.sqlite3")
        let text = try await BlockingWork.run { try scratch.newPath() }
        defer { Self.remove(text) }
        let bytes = try manifest.bytes()
        try await BlockingWork.run { try WholeFile.write(bytes, to: "\(text).new", named: text) }
        try await put(text, BackupFiles.manifest, "application/json")
        try await removeOthers(than: manifest.catalogue)
        return manifest
    }

    private func makePortable(_ path: String) async throws {
        let engine = try await SQLiteEngine(path: path, migrations: migrations, readLimit: .seconds(3600))
        do {
            try await Catalogue(engine: engine).archive.makePortable()
        } catch {
            try? engine.close()
            throw error
        }
        try engine.close()
    }

    private func put(_ path: String, _ name: String, _ type: String) async throws {
        let (size, sha256) = try await BlockingWork.run {
            let file = try OpenFile(path)
            return (file.size, try CheckedCopy.sha256(file))
        }
        try await destination.put(OutgoingFile(path: path, name: name, size: size, sha256: sha256, type: type))
    }

    private func removeOthers(than current: String) async throws {
        var last: String?
        repeat {
            // Names of one catalogue and the next are all that there is after this, but for pictures' files.
            let page = try await destination.list(after: last ?? BackupFiles.beforeCatalogues, limit: 100)
            for entry in page where entry.name != current && BackupFiles.isCatalogue(entry.name) {
                try await destination.delete(entry.name)
            }
            last = page.last.flatMap { BackupFiles.isCatalogue($0.name) ? $0.name : nil }
        } while last != nil
    }

    private static func remove(_ path: String) {
        for ending in ["", "-wal", "-shm", "-journal", ".new"] {
            try? FileManager.default.removeItem(atPath: path + ending)
        }
    }
}

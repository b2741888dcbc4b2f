import Domain
import Foundation
import Glibc
import Storage

/// The folder of an archive, and what lies where in it (Docs/archive.md).
struct ArchiveFolder {
    static let manifest = "wayside-archive.json"
    static let sums = "SHA256SUMS"
    static let catalogue = "catalogue.sqlite"
    /// There while the archive is being written.
    static let mark = "unfinished"
    private static let parts = [
        "store", "staging", "\(sums).before", catalogue, "\(catalogue)-wal", "\(catalogue)-shm", "\(catalogue)-journal",
        sums, mark,
    ]

    let path: String

    /// Absolute path of something in it.
    func path(of name: String) -> String { "\(path)/\(name)" }

    /// Makes the folder, or empties one that an interrupted export has left.
    ///
    /// - Throws: `.conflict` when there is something else in it.
    func begin() throws {
        let files = FileManager.default
        do {
            try files.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let names = try files.contentsOfDirectory(atPath: path)
            guard !names.contains(Self.manifest) else {
                throw Failure(.conflict, "There is an archive in \(path) already; name another folder.")
            }
            guard names.isEmpty || names.contains(Self.mark) else {
                throw Failure(.conflict, "The folder \(path) is not empty; name a new one.")
            }
            try files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
            // The mark is the last to go, should this be interrupted too.
            for name in Self.parts where names.contains(name) { try files.removeItem(atPath: self.path(of: name)) }
            try Data().write(to: URL(filePath: self.path(of: Self.mark)))
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(.unavailable, "The folder \(path) cannot be written.", underlying: error)
        }
    }

    /// Gives a file of an earlier attempt another name; its path then, nil when there is none.
    func setAside(_ name: String) throws -> String? {
        let (old, new) = (path(of: name), path(of: "\(name).before"))
        guard FileManager.default.fileExists(atPath: old) else { return nil }
        guard rename(old, new) == 0 else { throw Failure(.unavailable, "The folder \(path) cannot be written.") }
        return new
    }

    func remove(_ name: String) { try? FileManager.default.removeItem(atPath: path(of: name)) }
}

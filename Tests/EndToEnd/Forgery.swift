import Crypto
import Foundation
import TestSupport

/// A copy of an archive that somebody changes, and then makes its hashes fit again where it says so.
struct Forgery: Sendable {
    let path: String
    /// One of its pictures.
    let picture: String

    init(of archive: String, in folder: TemporaryFolder) throws {
        path = folder.file("archive")
        try FileManager.default.copyItem(atPath: archive, toPath: path)
        guard let picture = DataFolder(path: path).files().first(where: { $0.hasSuffix("/hd.jpg") }) else {
            throw CocoaError(.fileNoSuchFile)
        }
        self.picture = picture
    }

    private func url(_ name: String) -> URL { URL(fileURLWithPath: "\(path)/\(name)") }

    func flip(_ name: String) throws {
        var bytes = try Data(contentsOf: url(name))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: url(name))
    }

    func cut(_ name: String) throws {
        let bytes = try Data(contentsOf: url(name))
        try bytes.prefix(bytes.count / 2).write(to: url(name))
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(at: url(name)) }

    /// Puts it elsewhere and a link in its place.
    func link(_ name: String) throws {
        let elsewhere = "\(path).elsewhere"
        try FileManager.default.moveItem(atPath: "\(path)/\(name)", toPath: elsewhere)
        try FileManager.default.createSymbolicLink(atPath: "\(path)/\(name)", withDestinationPath: elsewhere)
    }

    func folder(_ name: String) throws {
        try remove(name)
        try FileManager.default.createDirectory(at: url(name), withIntermediateDirectories: false)
    }

    /// A gibibyte that takes no room.
    func holes(_ name: String) throws {
        let handle = try FileHandle(forWritingTo: url(name))
        try handle.truncate(atOffset: 0)
        try handle.truncate(atOffset: 1 << 30)
        try handle.close()
    }

    func manifest(_ change: (inout [String: Any]) -> Void) throws {
        let text = try Data(contentsOf: url("wayside-archive.json"))
        guard var object = try JSONSerialization.jsonObject(with: text) as? [String: Any] else { return }
        change(&object)
        try JSONSerialization.data(withJSONObject: object).write(to: url("wayside-archive.json"))
    }

    /// Changes the first line of the list.
    func list(_ change: (String) -> String) throws {
        try listText { text in
            let lines = text.split(separator: "\n", maxSplits: 1)
            return "\(change(String(lines[0])))\n\(lines[1])"
        }
    }

    func listText(_ change: (String) -> String) throws {
        let text = change(try String(contentsOf: url("SHA256SUMS"), encoding: .utf8))
        try Data(text.utf8).write(to: url("SHA256SUMS"))
        try seal("sums", "SHA256SUMS")
    }

    func replaceCatalogue(_ bytes: Data) throws {
        try bytes.write(to: url("catalogue.sqlite"))
        try seal("catalogue", "catalogue.sqlite")
    }

    /// Runs statements on the catalogue as somebody would who has `sqlite3`, and counts its rows again.
    func catalogue(_ statements: String...) async throws {
        let script = """
            import json, sqlite3, sys
            path, statements = sys.argv[1], sys.argv[2:]
            database = sqlite3.connect(path + "/catalogue.sqlite", isolation_level=None)
            for statement in statements:
                database.execute(statement)
            tables = [row[0] for row in database.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
            rows = {name: database.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0] for name in tables}
            database.close()
            manifest = json.load(open(path + "/wayside-archive.json"))
            manifest["rows"] = rows
            json.dump(manifest, open(path + "/wayside-archive.json", "w"))
            """
        let python = Process()
        python.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        python.arguments = ["-c", script, path] + statements
        try python.run()
        python.waitUntilExit()
        guard python.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
        try seal("catalogue", "catalogue.sqlite")
    }

    /// Puts size and hash of a part into the manifest.
    private func seal(_ part: String, _ name: String) throws {
        let bytes = try Data(contentsOf: url(name))
        let digits = SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
        try manifest { $0[part] = ["size": bytes.count, "sha256": digits] }
    }
}

import Catalogue
import CatalogueSQLite
import Crypto
import Foundation
import TestSupport
import Testing

/// Archives that were cut off, altered, or made to do harm; most with hashes and numbers that fit together again.
@Suite("Archives that are not what they were", .serialized, .timeLimit(.minutes(10)))
struct ForgedArchiveTests {
    /// What was done to it, and a word of the reason.
    private static let forgeries: [(name: String, reason: String, forge: @Sendable (Forgery) async throws -> Void)] = [
        ("a byte of a picture", "altered or cut off", { try $0.flip($0.picture) }),
        ("a picture cut off", "altered or cut off", { try $0.cut($0.picture) }),
        ("a picture missing", "is missing", { try $0.remove($0.picture) }),
        ("a byte of the catalogue", "altered or cut off", { try $0.flip("catalogue.sqlite") }),
        ("the catalogue missing", "not an archive", { try $0.remove("catalogue.sqlite") }),
        ("a byte of the list", "altered or cut off", { try $0.flip("SHA256SUMS") }),
        ("no manifest", "not finished", { try $0.remove("wayside-archive.json") }),
        ("half a manifest", "cannot be read", { try $0.cut("wayside-archive.json") }),
        ("a newer version", "of version 2", { try $0.manifest { $0["version"] = 2 } }),
        ("another number of rows", "numbers of rows", { try $0.manifest { $0["rows"] = ["pictures": 3] } }),
        ("another number of files", "number of files", { try $0.manifest { $0["files"] = 99 } }),
        ("more bytes than any disk", "sizes that cannot be", { try $0.manifest { $0["bytes"] = Int64.max } }),
        ("more bytes than this disk", "needs", { try $0.manifest { $0["bytes"] = 1 << 54 } }),
        ("an absolute name", "outside of it", { try $0.list { "\($0.prefix(66))/etc/passwd" } }),
        ("a name that climbs", "outside of it", { try $0.list { "\($0.prefix(66))store/../../x" } }),
        ("another name", "do not agree", { try $0.list { "\($0.prefix(66))store/pictures/x.jpg" } }),
        ("a line more", "outside of it", { try $0.listText { $0 + String(repeating: "0", count: 64) + "  ../x\n" } }),
        (
            "a line less", "ends before",
            { try $0.listText { $0.split(separator: "\n").dropLast().joined(separator: "\n") + "\n" } }
        ),
        ("a list cut off", "cut off", { try $0.listText { String($0.dropLast(20)) } }),
        ("a link for a picture", "is a link", { try $0.link($0.picture) }),
        ("a link for the catalogue", "is a link", { try $0.link("catalogue.sqlite") }),
        ("a link for a folder", "is a link", { try $0.link("store") }),
        ("a folder for a picture", "is not a file", { try $0.folder($0.picture) }),
        ("a picture of holes", "holes", { try $0.holes($0.picture) }),
        (
            "a trigger more", "other tables or triggers",
            {
                try await $0.catalogue("CREATE TRIGGER x AFTER INSERT ON audit BEGIN DELETE FROM grants; END")
            }
        ),
        (
            "a trigger that is called like the engine's own table", "other tables or triggers",
            {
                try await $0.catalogue(
                    "PRAGMA writable_schema = ON",
                    """
                    INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES ('trigger', 'sqlite_stat1',
                    'audit', 0, 'CREATE TRIGGER sqlite_stat1 AFTER INSERT ON audit BEGIN DELETE FROM grants; END')
                    """)
            }
        ),
        (
            "a time that no clock shows", "values that cannot be",
            {
                try await $0.catalogue("UPDATE pictures SET captured_at = -9223372036854775808 WHERE rank = 1")
            }
        ),
        (
            "a picture without its place", "values that cannot be",
            {
                try await $0.catalogue("UPDATE pictures SET longitude = NULL WHERE rank = 1")
            }
        ),
        ("a table less", "other tables or triggers", { try await $0.catalogue("DROP TABLE place_counts") }),
        (
            "rows that fit nothing", "do not fit together",
            {
                try await $0.catalogue("PRAGMA foreign_keys = OFF", "UPDATE pictures SET label_id = 'none'")
            }
        ),
        (
            "a newer catalogue", "newer version",
            {
                try await $0.catalogue("INSERT INTO migrations VALUES ('9999_later', 0)")
            }
        ),
        (
            "an id that climbs", "names a file",
            {
                try await $0.catalogue(
                    "PRAGMA foreign_keys = OFF",
                    """
                    CREATE TEMP TABLE t AS SELECT id FROM pictures LIMIT 1
                    """, "UPDATE upload_files SET picture_id = NULL", "DELETE FROM report_pictures",
                    "DELETE FROM corrections", "DELETE FROM annotations", "DELETE FROM annotation_tags",
                    "DELETE FROM originals", "DELETE FROM tag_history", "DELETE FROM pictures_in_areas",
                    "UPDATE pictures SET id = '../../../../tmp/x' WHERE id IN (SELECT id FROM t)")
            }
        ),
        (
            "a staged name that climbs", "names a file",
            {
                try await $0.catalogue("UPDATE pictures SET staged_name = '../../x' WHERE rank = 1")
            }
        ),
        ("no catalogue at all", "damaged", { try $0.replaceCatalogue(Data("<html>".utf8)) }),
    ]

    @Test("each is refused with the reason, and nothing of it stays")
    func refused() async throws {
        let scene = try await ArchiveScene()
        try await scene.server.wayside("archive", "export", scene.archive)
        for (name, reason, forge) in Self.forgeries {
            let folder = try TemporaryFolder()
            let forgery = try Forgery(of: scene.archive, in: folder)
            try await forge(forgery)
            let other = try BuiltServer()
            let result = try await other.command(["archive", "import", forgery.path])
            #expect(result.status != 0, "\(name)")
            #expect(result.errors.contains(reason), "\(name): \(result.errors)")
            let left = DataFolder(path: other.data).files().filter { $0 != "server.lock" }
            #expect(left == [], "\(name)")
            for gone in ["importing", "store", "staging", "catalogue.sqlite"] {
                #expect(!FileManager.default.fileExists(atPath: "\(other.data)/\(gone)"), "\(name) \(gone)")
            }
            // The unchanged one is taken afterwards.
            if name == "a byte of a picture" { try await other.wayside("archive", "import", scene.archive) }
        }
    }
}

import Catalogue
import CatalogueSQLite
import Domain
import Foundation
import TestSupport
import Testing

@Suite("The SQLite engine")
struct EngineTests {
    private func copyMigrations(to folder: TemporaryFolder) throws -> String {
        let path = folder.file("migrations")
        try FileManager.default.copyItem(atPath: CatalogueEngines.sqlite.migrations, toPath: path)
        return path
    }

    @Test("a step is applied once, and a database of a newer version is refused with a sentence")
    func migrations() async throws {
        let folder = try TemporaryFolder()
        let migrations = try copyMigrations(to: folder)
        let path = folder.file("catalogue.sqlite")
        let extra = migrations + "/0099_more.sql"
        try "CREATE TABLE more (id INTEGER); INSERT INTO more VALUES (1);".write(
            toFile: extra, atomically: true, encoding: .utf8)
        for _ in 0..<2 {
            let engine = try await SQLiteEngine(path: path, migrations: migrations)
            #expect(try await engine.read { try $0.number("SELECT COUNT(*) FROM more") } == 1)
            try engine.close()
        }
        try FileManager.default.removeItem(atPath: extra)
        let failure = await #expect(throws: Failure.self) {
            _ = try await SQLiteEngine(path: path, migrations: migrations)
        }
        #expect(failure?.code == .conflict)
        #expect(failure?.message.contains("0099_more") == true)
    }

    @Test("a label's preset of an older database becomes a policy")
    func presetBecomesPolicy() async throws {
        let folder = try TemporaryFolder()
        let all = try copyMigrations(to: folder), first = folder.file("first"), path = folder.file("catalogue.sqlite")
        try FileManager.default.createDirectory(atPath: first, withIntermediateDirectories: false)
        try FileManager.default.copyItem(atPath: all + "/0001_initial.sql", toPath: first + "/0001_initial.sql")
        let old = try await SQLiteEngine(path: path, migrations: first)
        let id = CameraLabelID()
        try await old.write { connection in
            try connection.execute(
                """
                INSERT INTO camera_labels (id, name, name_key, redaction, originals, created_at)
                VALUES (\(id), 'CAM', 'cam', 'thorough', 'discard', 0)
                """)
        }
        try old.close()
        let catalogue = Catalogue(engine: try await SQLiteEngine(path: path, migrations: all))
        let label = try await catalogue.labels.find(id, viewer: .system)
        #expect(label?.redaction == RedactionPolicy(preset: .thorough))
    }

    @Test("a step that fails leaves nothing of itself behind")
    func failingMigration() async throws {
        let folder = try TemporaryFolder()
        let migrations = try copyMigrations(to: folder)
        let path = folder.file("catalogue.sqlite")
        let extra = migrations + "/0099_more.sql"
        try "CREATE TABLE more (id INTEGER); SELECT nonsense;".write(toFile: extra, atomically: true, encoding: .utf8)
        await #expect(throws: Failure.self) { _ = try await SQLiteEngine(path: path, migrations: migrations) }
        try FileManager.default.removeItem(atPath: extra)
        let engine = try await SQLiteEngine(path: path, migrations: migrations)
        let count = try await engine.read { try $0.number("SELECT COUNT(*) FROM sqlite_master WHERE name = 'more'") }
        #expect(count == 0)
    }

    @Test("two that open a new database at the same time both succeed")
    func together() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("catalogue.sqlite")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<4 {
                group.addTask {
                    let engine = try await SQLiteEngine(path: path, migrations: CatalogueEngines.sqlite.migrations)
                    try await Catalogue(engine: engine).accounts.create(
                        Account(name: "account \(index)", role: .viewer), passwordHash: nil)
                }
            }
            try await group.waitForAll()
        }
        let engine = try await SQLiteEngine(path: path, migrations: CatalogueEngines.sqlite.migrations)
        #expect(try await Catalogue(engine: engine).accounts.count() == 4)
    }

    @Test("a file that is no database is refused, and stays as it was")
    func notADatabase() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("catalogue.sqlite")
        let text = String(repeating: "This is a shopping list.\n", count: 100)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        await #expect(throws: Failure.self) {
            _ = try await SQLiteEngine(path: path, migrations: CatalogueEngines.sqlite.migrations)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }

    @Test("a read that takes too long is given up, and the next one is served")
    func readLimit() async throws {
        let folder = try TemporaryFolder()
        let engine = try await SQLiteEngine(
            path: folder.file("catalogue.sqlite"), migrations: CatalogueEngines.sqlite.migrations,
            readLimit: .milliseconds(50))
        for _ in 0..<2 {
            let failure = await #expect(throws: Failure.self) {
                try await engine.read { connection in
                    try connection.number(
                        """
                        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000)
                        SELECT COUNT(*) FROM n
                        """)
                }
            }
            #expect(failure?.code == .unavailable)
            #expect(try await engine.read { try $0.number("SELECT 1") } == 1)
        }
    }

    @Test("statements of ever new texts, longer ones too, are carried out as the first")
    func manyTexts() async throws {
        let folder = try TemporaryFolder()
        let engine = try await CatalogueEngines.sqlite.open(in: folder)
        for count in 1...1_200 {
            let list = SQLStatement.list((1...(count < 1_200 ? count % 600 + 1 : 3_000)).map { .integer(Int64($0)) })
            let more = SQLStatement.joined(Array(repeating: "1 = 1", count: count / 600 + 1), by: " AND ")
            let found = try await engine.read { try $0.number("SELECT 30 WHERE 1 IN \(list) AND \(more)") }
            #expect(found == 30)
        }
    }

    @Test("the database can be read by its owner alone")
    func permissions() async throws {
        let folder = try TemporaryFolder()
        let engine = try await SQLiteEngine(
            path: folder.file("catalogue.sqlite"), migrations: CatalogueEngines.sqlite.migrations)
        _ = try await engine.read { try $0.number("SELECT 1") }
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.file(name))
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
    }

    @Test("the data version counts up with every commit, of this engine and of another")
    func dataVersion() async throws {
        let folder = try TemporaryFolder()
        let first = try await CatalogueEngines.sqlite.open(in: folder)
        let second = try await CatalogueEngines.sqlite.open(in: folder)
        let start = try await first.dataVersion()
        #expect(try await first.dataVersion() == start)
        try await Catalogue(engine: first).accounts.create(Account(name: "a", role: .viewer), passwordHash: nil)
        let own = try await first.dataVersion()
        #expect(own > start)
        try await Catalogue(engine: second).accounts.create(Account(name: "b", role: .viewer), passwordHash: nil)
        #expect(try await first.dataVersion() > own)
    }

    @Test("what is committed is on disk: every commit is synced, and foreign keys hold")
    func durability() async throws {
        let engine = try await CatalogueEngines.sqlite.open(in: try TemporaryFolder())
        let settings = try await engine.write { connection in
            try connection.first(
                """
                SELECT s.synchronous, j.journal_mode, f.foreign_keys
                FROM pragma_synchronous s, pragma_journal_mode j, pragma_foreign_keys f
                """
            ) { "\($0.int()) \($0.text()) \($0.int())" }
        }
        #expect(settings == "2 wal 1")
    }

    @Test("what is deleted is not found in the files any more, once they are tidied")
    func secureDelete() async throws {
        let test = try await TestCatalogue(.sqlite)
        let mark = "UNMISTAKABLE-MARK-OF-A-TITLE"
        let account = try await test.addAccount("ada")
        let set = try await test.addUploadSet(
            by: account, label: try await test.addLabel("CAM"), title: String(repeating: mark, count: 500))
        let files = {
            try ["", "-wal"].map { try Data(contentsOf: URL(filePath: test.folder.file("catalogue.sqlite\($0)"))) }
        }
        #expect(try files().contains { $0.range(of: Data(mark.utf8)) != nil })
        try await test.catalogue.engine.tidy()
        #expect(try files()[0].range(of: Data(mark.utf8)) != nil && files()[1].isEmpty)
        try await test.catalogue.uploadSets.delete(set.id)
        try await test.catalogue.engine.tidy()
        #expect(try files().allSatisfy { $0.range(of: Data(mark.utf8)) == nil })
        // It works on.
        _ = try await test.addUploadSet(by: account, label: try await test.addLabel("CAM 2"))
    }

    @Test("a write is undone as a whole when its closure throws, and a read cannot write")
    func transactions() async throws {
        let engine = try await CatalogueEngines.sqlite.open(in: try TemporaryFolder())
        await #expect(throws: Failure.self) {
            try await engine.write { connection in
                try connection.execute("INSERT INTO login_attempts VALUES ('a', 1, NULL, 0)")
                throw Failure(.conflict, "No.")
            }
        }
        #expect(try await engine.read { try $0.number("SELECT COUNT(*) FROM login_attempts") } == 0)
        await #expect(throws: Failure.self) {
            try await engine.read { try $0.execute("INSERT INTO login_attempts VALUES ('a', 1, NULL, 0)") }
        }
    }

    @Test("a cancelled task still finishes its write")
    func cancellation() async throws {
        let engine = try await CatalogueEngines.sqlite.open(in: try TemporaryFolder())
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await engine.write { try $0.execute("INSERT INTO login_attempts VALUES ('a', 1, NULL, 0)") }
        }
        try await task.value
        #expect(try await engine.read { try $0.number("SELECT COUNT(*) FROM login_attempts") } == 1)
    }

    @Test("errors of SQLite come out as failures with a code")
    func failures() async throws {
        let engine = try await CatalogueEngines.sqlite.open(in: try TemporaryFolder())
        func code(_ statement: SQLStatement) async -> Failure.Code? {
            do {
                try await engine.write { try $0.execute(statement) }
                return nil
            } catch {
                return (error as? Failure)?.code
            }
        }
        #expect(await code("INSERT INTO login_attempts VALUES ('a', 1, NULL, 0)") == nil)
        #expect(await code("INSERT INTO login_attempts VALUES ('a', 1, NULL, 0)") == .conflict)
        #expect(await code("INSERT INTO grants VALUES ('nobody', 'nothing')") == .conflict)
        #expect(await code("SELECT nonsense") == .internalError)
    }

    @Test("values bind by number, in whatever order they appear, and text is never taken for a value")
    func binding() async throws {
        let engine = try await CatalogueEngines.sqlite.open(in: try TemporaryFolder())
        let text = try await engine.read { connection in
            var text = ""
            try connection.each("SELECT $2 || ',' || $1 || ',' || $2 || '$1'", [.text("a"), .text("b")]) {
                text = $0.text(0)
            }
            return text
        }
        #expect(text == "b,a,b$1")
    }

    @Test("parts of a statement keep their values when they are put together")
    func statements() {
        let part: SQLStatement = "x = \(1) OR y = \("$9")"
        let whole: SQLStatement = "SELECT \(2.5) WHERE (\(part)) AND z IN \(SQLStatement.list([.integer(7), .null]))"
        #expect(whole.sql == "SELECT $1 WHERE (x = $2 OR y = $3) AND z IN ($4, $5)")
        #expect(whole.values == [.real(2.5), .integer(1), .text("$9"), .integer(7), .null])
        #expect(SQLStatement.list([]).sql == "(NULL)")
    }
}

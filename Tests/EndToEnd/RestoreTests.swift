import Foundation
import Glibc
import TestSupport
import Testing

/// A server that is lost, brought back from what its backup route has brought away, with the built program.
@Suite("Restoring from a backup", .serialized, .timeLimit(.minutes(10)))
struct RestoreTests {
    @Test("everything is there again, and people sign in", arguments: BackupScene.Place.allCases)
    func roundTrip(place: BackupScene.Place) async throws {
        let scene = try await BackupScene(place)
        let expected = try await scene.scene.items(scene.server)
        let rows = try await ArchiveScene.rows(of: scene.server.data)
        let files = try ArchiveScene.files(of: scene.server.data)
        #expect(files.count == 12)
        try await scene.lose()

        let other = try BuiltServer()
        let told = try await other.wayside("restore", scene.source)
        #expect(told.hasPrefix("3 pictures, 12 files"), "\(told)")
        let after = try await ArchiveScene.rows(of: other.data)
        for table in BackupScene.lasting {
            #expect(rows[table]?.isEmpty == false && after[table] == rows[table], "\(table)")
        }
        #expect(try ArchiveScene.files(of: other.data) == files)
        #expect(after["access_tokens"] == [])
        // What opens the backup does not lie in it.
        #expect(after["route_destinations"]?.allSatisfy { $0.contains("'{}'") } == true)
        try await other.start()
        #expect(try await scene.scene.items(other) == expected)
        let login = try await Client(other).post(
            "/api/auth/login", json: #"{"name":"ada","password":"\#(scene.scene.password)"}"#)
        #expect(login.status == 200, "\(login.text)")
        #expect(try await Client(other, token: scene.scene.batch.client.token).get("/api/search").status == 401)
    }

    @Test("a damaged, a cut and a missing file are named, and the rest is restored")
    func damaged() async throws {
        let scene = try await BackupScene()
        let files = try ArchiveScene.files(of: scene.server.data).keys.sorted()
        let ids = Set(files.compactMap { $0.split(separator: "/").dropFirst(4).first.map(String.init) }).sorted()
        try #require(ids.count == 3)
        try await scene.lose()
        func path(_ id: String, _ ending: String) throws -> String {
            let name = try #require(files.first { $0.contains(id) && $0.hasSuffix(ending) })
            return "\(scene.source)/\(name)"
        }
        // One bit of one, the end of another; the original of the third.
        var bytes = try Data(contentsOf: URL(filePath: try path(ids[0], "hd.jpg")))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(filePath: try path(ids[0], "hd.jpg")))
        let thumb = try Data(contentsOf: URL(filePath: try path(ids[1], "thumb.jpg")))
        try thumb.dropLast(10).write(to: URL(filePath: try path(ids[1], "thumb.jpg")))
        try FileManager.default.removeItem(atPath: try path(ids[2], "kept.jpg"))

        let other = try BuiltServer()
        let result = try await other.command(["restore", scene.source])
        #expect(result.status == 2 && result.output.hasPrefix("3 pictures, 9 files"), "\(result.output)")
        let lines = Set(result.errors.split(separator: "\n").map(String.init))
        for (fault, id, name) in [
            ("damaged", ids[0], "hd.jpg"), ("damaged", ids[1], "thumb.jpg"), ("missing", ids[2], "kept.jpg"),
        ] {
            #expect(lines.contains { $0.hasPrefix("\(fault): ") && $0.contains(id) && $0.hasSuffix(name) }, "\(lines)")
        }
        try await other.start()
        let client = Client(other, token: try await other.wayside("token", "create", "driver"))
        let found = try await client.get("/api/search?limit=100").text
        #expect(ids.map { found.contains($0) } == [false, false, true])
        #expect(try await client.get("/api/pictures/\(ids[0])/hd.jpg").status != 200)
        #expect(try await client.get("/api/pictures/\(ids[1])/thumb.jpg").status != 200)
        #expect(try await client.get("/api/pictures/\(ids[2])/hd.jpg").status == 200)
        #expect(try await client.get("/api/pictures/\(ids[2])/original").status == 404)
    }

    @Test("killed at any moment, it goes on when it is run again, and no server starts in between")
    func killed() async throws {
        let scene = try await BackupScene()
        let files = try ArchiveScene.files(of: scene.server.data)
        try await scene.lose()
        for wanted in ["importing", "importing/restore.json", "importing/begun", "store/pictures"] {
            let other = try BuiltServer()
            let restoring = try other.launch(["restore", scene.source])
            while other.isRunning && !FileManager.default.fileExists(atPath: "\(other.data)/\(wanted)") {
                sched_yield()
            }
            _ = kill(restoring, SIGKILL)
            try await eventually { !other.isRunning }
            if !FileManager.default.fileExists(atPath: "\(other.data)/catalogue.sqlite") {
                let refused = try await other.command(["serve"])
                #expect(refused.status != 0 && refused.errors.contains("was not finished"), "\(refused.errors)")
                try await other.wayside("restore", scene.source)
            }
            #expect(try ArchiveScene.files(of: other.data) == files)
            #expect(!FileManager.default.fileExists(atPath: "\(other.data)/importing"))
        }
    }

    @Test("nothing is restored into what is not empty, nor from what is no backup")
    func refused() async throws {
        let scene = try await BackupScene()
        let full = try BuiltServer()
        try await full.wayside("label", "create", "mine")
        #expect(try await full.command(["restore", scene.source]).errors.contains("empty folder only"))
        let strange = try BuiltServer()
        try FileManager.default.createDirectory(
            atPath: "\(strange.data)/store/pictures/aa", withIntermediateDirectories: true)
        try Data("x".utf8).write(to: URL(filePath: "\(strange.data)/store/pictures/aa/x"))
        #expect(try await strange.command(["restore", scene.source]).errors.contains("has to be empty"))
        // Nor is it taken for its own by the next command.
        #expect(!FileManager.default.fileExists(atPath: "\(strange.data)/importing"))
        let empty = try BuiltServer()
        #expect(try await empty.command(["restore", "/nowhere"]).errors.contains("neither a folder nor a file"))
        let manifest = "\(scene.source)/wayside-backup.json"
        let text = try String(contentsOfFile: manifest, encoding: .utf8)
        try FileManager.default.removeItem(atPath: manifest)
        #expect(try await empty.command(["restore", scene.source]).errors.contains("no destination of a backup route"))
        try text.replacing("catalogue-", with: "../../etc/catalogue-").write(
            toFile: manifest, atomically: true, encoding: .utf8)
        #expect(try await empty.command(["restore", scene.source]).errors.contains("cannot be read"))
        try text.replacing("\"version\" : 1", with: "\"version\" : 9").write(
            toFile: manifest, atomically: true, encoding: .utf8)
        #expect(try await empty.command(["restore", scene.source]).errors.contains("of version 9"))
        try text.write(toFile: manifest, atomically: true, encoding: .utf8)
        let name = try #require(
            FileManager.default.contentsOfDirectory(atPath: scene.source).first { $0.hasPrefix("catalogue-") })
        try Data("SQLite format 3".utf8).write(to: URL(filePath: "\(scene.source)/\(name)"))
        #expect(try await empty.command(["restore", scene.source]).errors.contains("damaged or cut off"))
        try FileManager.default.removeItem(atPath: "\(scene.source)/\(name)")
        #expect(try await empty.command(["restore", scene.source]).errors.contains("is missing"))
        #expect(!FileManager.default.fileExists(atPath: "\(empty.data)/catalogue.sqlite"))
        withExtendedLifetime(scene) {}
    }
}

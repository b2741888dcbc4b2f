import Crypto
import Domain
import Foundation
import Glibc
import TestSupport
import Testing

/// Everything taken away and brought back, with the built program.
@Suite("Archives", .serialized, .timeLimit(.minutes(10)))
struct ArchiveTests {
    /// Tables whose rows stay behind, or that say of the import itself.
    private static let left: Set<String> = [
        "access_tokens", "token_requests", "login_attempts", "report_quota", "token_quota",
    ]

    @Test("what was taken away beside a running server is the same where it is brought to")
    func roundTrip() async throws {
        let scene = try await ArchiveScene()
        let told = try await scene.server.wayside("archive", "export", scene.archive)
        let expected = try await scene.items(scene.server)
        try await scene.server.stop()

        let other = try BuiltServer()
        #expect(try await other.wayside("archive", "import", scene.archive) == told)
        let (before, after) = (
            try await ArchiveScene.rows(of: scene.server.data), try await ArchiveScene.rows(of: other.data)
        )
        #expect(Set(before.keys) == Set(after.keys))
        for (table, rows) in before where !Self.left.contains(table) && table != "audit" {
            #expect(after[table] == rows, "\(table)")
        }
        for table in Self.left { #expect(after[table] == [], "\(table)") }
        #expect(
            Set(try #require(before["audit"])).subtracting(try #require(after["audit"])).allSatisfy {
                $0.contains("token")
            })
        for table in [
            "pictures", "corrections", "annotations", "annotation_tags", "upload_set_tags", "reports",
            "excluded_areas", "originals", "grants", "upload_files", "place_counts", "tag_history",
        ] {
            #expect(after[table]?.isEmpty == false, "\(table)")
        }
        #expect(try ArchiveScene.files(of: other.data) == ArchiveScene.files(of: scene.server.data))
        #expect(try ArchiveScene.files(of: other.data).count == 12)

        try await other.start()
        #expect(!other.log.contains("First login"))
        #expect(try await scene.items(other) == expected)
        let login = try await Client(other).post(
            "/api/auth/login", json: #"{"name":"ada","password":"\#(scene.password)"}"#)
        #expect(login.status == 200, "\(login.text)")
        // The key that tokens are signed with stayed behind.
        #expect(try await Client(other, token: scene.batch.client.token).get("/api/search").status == 401)
        let rights = try FileManager.default.attributesOfItem(atPath: "\(other.data)/catalogue.sqlite")
        #expect(rights[.posixPermissions] as? Int == 0o600)
    }

    @Test("sha256sum agrees with an archive's list")
    func sums() async throws {
        let scene = try await ArchiveScene()
        try await scene.server.wayside("archive", "export", scene.archive)
        let check = Process()
        check.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
        check.arguments = ["--check", "--strict", "--quiet", "SHA256SUMS"]
        check.currentDirectoryURL = URL(fileURLWithPath: scene.archive)
        try check.run()
        check.waitUntilExit()
        #expect(check.terminationStatus == 0)
        let lines = try String(contentsOfFile: "\(scene.archive)/SHA256SUMS", encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 12)
    }

    @Test("pictures that still wait travel with their received files, and are prepared where they arrive")
    func waiting() async throws {
        let crippled = try BuiltServer(["WAYSIDE_DARKROOM": "/nonexistent/wayside-darkroom"])
        try await crippled.start()
        let batch = try await Batch.open(on: crippled)
        let id = try await batch.send(TestJPEG.drive(0).data(), name: "a.jpg")
        let archive = crippled.folder.file("archive")
        try await crippled.wayside("archive", "export", archive)
        let other = try BuiltServer()
        try await other.wayside("archive", "import", archive)
        #expect(DataFolder(path: other.data).staged().count == 1)
        try await other.start()
        let client = Client(other, token: try await other.wayside("token", "create", "driver"))
        let same = Batch(server: other, client: client, set: batch.set)
        try await same.finish()
        #expect(try await same.outcome().map { $0.map(\.id) } == [[id]])
        withExtendedLifetime(crippled) {}
    }

    @Test("an archive is imported into an empty data folder only, and not under a running server")
    func notEmpty() async throws {
        let scene = try await ArchiveScene()
        try await scene.server.wayside("archive", "export", scene.archive)
        let other = try BuiltServer()
        try await other.wayside("label", "create", "mine")
        let before = try await ArchiveScene.rows(of: other.data)
        let refused = try await other.command(["archive", "import", scene.archive])
        #expect(refused.status != 0 && refused.errors.contains("empty folder only"), "\(refused.errors)")
        #expect(try await ArchiveScene.rows(of: other.data) == before)

        let strange = try BuiltServer()
        try FileManager.default.createDirectory(
            atPath: "\(strange.data)/store/pictures", withIntermediateDirectories: true)
        let mixed = try await strange.command(["archive", "import", scene.archive])
        #expect(mixed.status != 0 && mixed.errors.contains("There are files in"), "\(mixed.errors)")

        let again = try await scene.server.command(["archive", "export", scene.archive])
        #expect(again.status != 0 && again.errors.contains("already"), "\(again.errors)")
        let full = try await scene.server.command(["archive", "export", scene.server.data])
        #expect(full.status != 0 && full.errors.contains("not empty"), "\(full.errors)")
    }

    @Test("an import killed at any moment leaves nothing that a server would take, and can be run again")
    func killedImport() async throws {
        let scene = try await ArchiveScene()
        try await scene.server.wayside("archive", "export", scene.archive)
        for wanted in ["importing", "importing/catalogue.sqlite", "importing/store", "store"] {
            let other = try BuiltServer()
            let importing = try Self.start(other, ["archive", "import", scene.archive])
            let path = "\(other.data)/\(wanted)"
            while importing.isRunning && !FileManager.default.fileExists(atPath: path) { sched_yield() }
            _ = kill(importing.processIdentifier, SIGKILL)
            importing.waitUntilExit()
            if FileManager.default.fileExists(atPath: "\(other.data)/catalogue.sqlite") {
                // It was quicker.
                try await other.start()
            } else {
                let refused = try await other.command(["serve"])
                #expect(
                    refused.status != 0 && refused.errors.contains("was not finished"), "\(wanted) \(refused.errors)")
                try await other.wayside("archive", "import", scene.archive)
                #expect(!FileManager.default.fileExists(atPath: "\(other.data)/importing"))
                try await other.start()
            }
            #expect(try ArchiveScene.files(of: other.data) == ArchiveScene.files(of: scene.server.data))
        }
    }

    @Test("an export that was killed is no archive, and is made anew when it is run again")
    func killedExport() async throws {
        let scene = try await ArchiveScene()
        let export = try Self.start(scene.server, ["archive", "export", scene.archive])
        while export.isRunning && !FileManager.default.fileExists(atPath: "\(scene.archive)/catalogue.sqlite") {
            sched_yield()
        }
        _ = kill(export.processIdentifier, SIGKILL)
        export.waitUntilExit()
        let other = try BuiltServer()
        if !FileManager.default.fileExists(atPath: "\(scene.archive)/wayside-archive.json") {
            let refused = try await other.command(["archive", "import", scene.archive])
            #expect(refused.status != 0 && refused.errors.contains("not finished"), "\(refused.errors)")
            try await scene.server.wayside("archive", "export", scene.archive)
        }
        try await other.wayside("archive", "import", scene.archive)
        #expect(try ArchiveScene.files(of: other.data) == ArchiveScene.files(of: scene.server.data))
    }

    private static func start(_ server: BuiltServer, _ arguments: [String]) throws -> Process {
        let command = Process()
        command.executableURL = try BuiltServer.program("wayside")
        command.arguments = arguments
        command.environment = server.environment
        command.currentDirectoryURL = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        command.standardOutput = FileHandle.nullDevice
        command.standardError = FileHandle.nullDevice
        try command.run()
        return command
    }
}

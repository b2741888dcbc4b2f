import Domain
import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

@Suite("The command line", .serialized)
struct CommandTests {
    @Test("works beside the running server, and takes effect at once")
    func besideTheServer() async throws {
        let server = try BuiltServer()
        try await server.start()
        try await eventually { server.log.contains("one-time password") }
        try await server.wayside("label", "create", "car-7")
        let password = try await server.wayside("account", "create", "ada", "--role", "field")
        #expect(password.count == 19)
        let token = try await server.wayside("token", "create", "ada")
        #expect(token.split(separator: ".").count == 3 && !token.contains("\n"))
        let client = Client(server, token: token)
        #expect(try await client.get("/api/users/me").status == 200)
        #expect(try await client.get("/api/camera_labels").text.contains("car-7") == false)
        try await server.wayside("label", "grant", "car-7", "ada")
        try await eventually { try await client.get("/api/camera_labels").text.contains("car-7") }
        let listed = try await server.wayside("label", "list")
        #expect(listed.contains("car-7") && listed.contains("ada"))
        #expect(try await server.wayside("account", "list").contains("one-time password"))
        let report = try await server.wayside("check")
        #expect(report.contains("a server is running") && !report.contains("FAIL"))
        #expect(try await server.stop() == 0)
    }

    @Test("imports a folder that holds more than pictures, and the same folder again without taking anything twice")
    func importing() async throws {
        let server = try BuiltServer()
        try await server.start()
        try await server.wayside("label", "create", "car-7", "--redaction", "none", "--confirm")
        let card = try card(in: server.folder)
        let first = try await server.wayside("import", card, "--label", "car-7", "--wait")
        #expect(first.contains("3  taken") && first.contains("2  refused"))
        #expect(first.contains("This is a video (MP4)") && first.contains("100GOPRO/empty.jpg"))
        #expect(first.contains("3 prepared"))
        let again = try await server.wayside("import", card, "--label", "car-7")
        #expect(again.contains("0  taken") && again.contains("3  already there"))
        try await server.stop()
        let alone = try await server.command(["import", card, "--label", "car-7"])
        #expect(alone.status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(server.data)/staging").isEmpty)
    }

    @Test("goes on with an import that was killed, in the same upload set")
    func interruptedImport() async throws {
        let server = try BuiltServer()
        try await server.start()
        try await server.wayside("label", "create", "car-7", "--redaction", "none", "--confirm")
        try await eventually { server.log.contains("one-time password") }
        let card = server.folder.file("card")
        for index in 0..<60 { try write(TestJPEG.drive(index).data(), to: "\(card)/G\(index).JPG") }
        let client = Client(server, token: try await server.wayside("token", "create", "admin"))
        let interrupted = Mutex<String?>(nil)
        try await kill(["import", card, "--label", "car-7"], beside: server) {
            guard let set = try await openSets(client).first else { return false }
            interrupted.withLock { $0 = set.id }
            let files = try await client.get("/api/upload_sets/\(set.id)/files").decode(FilesDocument.self)
            return files.files.count > 5
        }
        let report = try await server.wayside("import", card, "--label", "car-7", "--wait")
        let set = try #require(interrupted.withLock { $0 })
        #expect(report.contains(set) && !report.contains("     0  already there"), "\(report)")
        let document: SetDocument = try await client.get("/api/upload_sets/\(set)").decode()
        #expect(document.itemsStatus.prepared == 60 && document.dispatched)
        #expect(try await openSets(client).isEmpty)
    }

    private func openSets(_ client: Client) async throws -> [SetDocument] {
        struct Sets: Decodable { let uploadSets: [SetDocument] }
        return try await client.get("/api/users/me/upload_sets").decode(Sets.self).uploadSets
    }

    /// Starts a command and kills it as soon as `condition` holds.
    private func kill(
        _ arguments: [String], beside server: BuiltServer, when condition: () async throws -> Bool
    ) async throws {
        let process = Process()
        process.executableURL = try BuiltServer.program("wayside")
        process.arguments = arguments
        process.environment = server.environment
        process.standardInput = FileHandle.nullDevice
        try process.run()
        defer { _ = Glibc.kill(process.processIdentifier, SIGKILL) }
        try await eventually(condition)
    }

    /// Equal names in two folders, a video and an empty file.
    private func card(in folder: TemporaryFolder) throws -> String {
        let card = folder.file("card")
        let names = ["100GOPRO/G1.JPG", "100GOPRO/G2.JPG", "101GOPRO/G1.JPG"]
        for (index, name) in names.enumerated() {
            try write(TestJPEG.drive(index).data(), to: "\(card)/\(name)")
        }
        try write(Data("not a film".utf8), to: "\(card)/100GOPRO/GX1.MP4")
        try write(Data(), to: "\(card)/100GOPRO/empty.jpg")
        try write(Data([1]), to: "\(card)/100GOPRO/.hidden.jpg")
        return card
    }

    private func write(_ data: Data, to path: String) throws {
        let url = URL(filePath: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: url)
    }

    @Test("shows and changes what is hidden in the pictures of a label, beside a running server")
    func policy() async throws {
        let server = try BuiltServer()
        try await server.start()
        try await server.wayside("label", "create", "car-7")
        let usual = try await server.wayside("label", "policy", "car-7")
        #expect(usual.contains("face-threshold   model (0.3)") && !usual.contains("mask 1"))
        let changed = try await server.wayside(
            "label", "policy", "car-7", "--set", "sky-until=0.25", "--set", "plate-threshold=0.3", "--set",
            "subjects=face,plate,person", "--add-mask", "0,0.85 1,0.85 1,1", "--add-mask", "0,0 0.5,0 0,0.5", "--show")
        for line in [
            "sky-until        0.25", "plate-threshold  0.3", "subjects         face,plate,person",
            "mask 1           0.0,0.85 1.0,0.85 1.0,1.0", "mask 2",
        ] {
            #expect(changed.contains(line), "\(line): \(changed)")
        }
        try await server.wayside("label", "policy", "car-7", "--remove-mask", "1", "--set", "plate-threshold=model")
        let rest = try await server.wayside("label", "policy", "car-7")
        #expect(rest.contains("mask 1           0.0,0.0 0.5,0.0 0.0,0.5") && !rest.contains("mask 2"))
        #expect(rest.contains("plate-threshold  model (0.2)") && rest.contains("sky-until        0.25"))
        try await server.wayside("label", "policy", "car-7", "--set", "preset=none", "--confirm")
        #expect(try await server.wayside("label", "list").contains("none"))
    }

    @Test("answers every mistake with one sentence and a status that is not 0")
    func mistakes() async throws {
        let server = try BuiltServer()
        let early = try await server.command(["token", "create", "ada"])
        #expect(early.status != 0 && early.errors.contains("no Wayside data"))
        try await server.start()
        try await server.wayside("account", "create", "ada", "--role", "viewer")
        try await server.wayside("label", "create", "car-7")
        let mistakes: [([String], String)] = [
            (["account", "create", "ADA", "--role", "field"], "already an account"),
            (["account", "create", " ", "--role", "field"], "1 to 80"),
            (["account", "create", "bob", "--role", "field", "--password-stdin"], "10 to 200"),
            (["token", "create", "nobody"], "no account"),
            (["token", "create", "ada", "--days", "0"], "1 to 3650"),
            (["label", "create", "car/7"], "letters, digits"),
            (["label", "create", "CAR-7"], "already a camera label"),
            (["label", "grant", "car-8", "ada"], "no camera label"),
            (["label", "set", "car-7", "--redaction", "none"], "--confirm"),
            (["label", "set", "car-7"], "Say what to change"),
            (["label", "policy", "car-8"], "no camera label"),
            (["label", "policy", "car-7", "--set", "sky=0.2"], "no setting=value"),
            (["label", "policy", "car-7", "--set", "face-threshold=3"], "between 0.05 and 0.95"),
            (["label", "policy", "car-7", "--set", "plate-margin=wide"], "is a number"),
            (["label", "policy", "car-7", "--set", "preset=none"], "--confirm"),
            (["label", "policy", "car-7", "--set", "subjects=plate"], "--confirm"),
            (["label", "policy", "car-7", "--add-mask", "0,0 1,1"], "3 to 64 points"),
            (["label", "policy", "car-7", "--add-mask", "0,0 1,0 1,2"], "fractions from 0 to 1"),
            (["label", "policy", "car-7", "--remove-mask", "1"], "has no mask 1"),
            (["import", "/nowhere", "--label", "car-7"], "no folder"),
            (["import", "/nowhere", "--label", "car-8"], "no camera label"),
            (["import", server.data, "--label", "car-7", "--account", "ada"], "may not send"),
            (["serve"], "Another server"),
            (["serve", "--data", server.folder.file("other"), "--host", "0.0.0.0"], "without encryption"),
            (["serve", "--data", server.folder.file("other"), "--port", "\(server.port)"], "cannot listen"),
            (["check", "--port", "http"], "whole number"),
        ]
        for (arguments, words) in mistakes {
            let result = try await server.command(arguments, input: "short\n")
            #expect(result.status != 0, "\(arguments)")
            #expect(result.errors.contains(words), "\(arguments): \(result.errors)")
            #expect(result.errors.split(separator: "\n").count == 1, "\(arguments): \(result.errors)")
            #expect(result.output.isEmpty || arguments.first == "serve", "\(arguments): \(result.output)")
        }
        #expect(server.isRunning)
    }

    @Test("half a change of a label that is not confirmed is no change")
    func unconfirmed() async throws {
        let server = try BuiltServer()
        try await server.start()
        try await server.wayside("label", "create", "car-7")
        let before = try await server.command(["label", "list"]).output
        let half = ["label", "set", "car-7", "--originals", "keep", "--redaction", "none"]
        let refused = try await server.command(half)
        #expect(refused.status != 0 && refused.errors.contains("--confirm"))
        #expect(try await server.command(["label", "list"]).output == before)
        let confirmed = try await server.command(half + ["--confirm"])
        #expect(confirmed.status == 0, "\(confirmed.errors)")
        let after = try await server.command(["label", "list"]).output
        #expect(after.contains("none") && after.contains("keep"))
    }

    @Test("a darkroom that says very much does not stop the check of it")
    func chatter() async throws {
        let server = try BuiltServer()
        let script = server.folder.file("chatty")
        try """
        #!/bin/sh
        i=0; while [ $i -lt 3000 ]; do echo "a complaint of some length, to fill any pipe there is"; i=$((i+1)); done
        echo "the last word"
        """.write(toFile: script, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: script)
        let report = try await server.command(["check", "--darkroom", script])
        #expect(report.output.contains("the last word"))
    }
}

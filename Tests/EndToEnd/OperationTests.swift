import Domain
import Foundation
import TestSupport
import Testing

/// What an operator does: stops a server in the middle of work, starts it with something missing, imports beside it.
@Suite("Operating the built server", .timeLimit(.minutes(5)))
struct OperationTests {
    @Test("a server stopped in the middle of a batch ends well, and the next one finishes it")
    func stop() async throws {
        let server = try BuiltServer()
        try await server.start()
        let batch = try await Batch.open(on: server)
        for index in 0..<12 { _ = try await batch.send(TestJPEG.drive(index).data(), name: "\(index).jpg") }
        #expect(try await server.stop() == 0)
        #expect(DataFolder(path: server.data).children().isEmpty)
        #expect(DataFolder(path: server.data).working().isEmpty)
        try await server.start()
        try await batch.finish()
        #expect(try await batch.status().itemsStatus.prepared == 12)
        #expect(DataFolder(path: server.data).staged().isEmpty)
    }

    @Test("without the darkroom pictures wait and none breaks; once it is there, they are prepared")
    func missingDarkroom() async throws {
        let crippled = try BuiltServer(["WAYSIDE_DARKROOM": "/nonexistent/wayside-darkroom"])
        try await crippled.start()
        let batch = try await Batch.open(on: crippled)
        let id = try await batch.send(TestJPEG.drive(0).data(), name: "a.jpg")
        try await eventually { crippled.log.contains("tried again later") }
        #expect(try await batch.status().itemsStatus.broken == 0)
        #expect(try await batch.status().itemsStatus.notProcessed == 1)
        try await crippled.stop()

        let repaired = try BuiltServer(["WAYSIDE_DATA": crippled.data])
        try await repaired.start()
        let client = Client(repaired, token: batch.client.token)
        let same = Batch(server: repaired, client: client, set: batch.set)
        try await same.finish()
        #expect(try await same.outcome().map { $0.map(\.id) } == [[id]])
        // Its folder is still in use.
        withExtendedLifetime(crippled) {}
    }

    @Test("a folder imported beside the running server is prepared, and imported again sends nothing")
    func importFolder() async throws {
        let server = try BuiltServer()
        try await server.start()
        try await server.wayside("label", "create", "CARD", "--redaction", "none", "--confirm")
        let card = server.folder.file("card/DCIM")
        for folder in ["100GOPRO", "101GOPRO"] {
            try FileManager.default.createDirectory(atPath: "\(card)/\(folder)", withIntermediateDirectories: true)
        }
        // Equal names in two folders are two pictures.
        for index in 0..<6 {
            let path = "\(card)/\(100 + index / 3)GOPRO/G000\(index % 3).JPG"
            try TestJPEG.drive(index).data().write(to: URL(fileURLWithPath: path))
        }
        try Data("notes".utf8).write(to: URL(fileURLWithPath: "\(card)/notes.txt"))
        let before = DataFolder(path: card).files()

        try await server.wayside("import", card, "--label", "CARD", "--wait")
        let token = try await server.wayside("token", "create", "admin")
        let client = Client(server, token: token)
        struct Search: Decodable { let features: [ItemsDocument.Item] }
        #expect(try await client.get("/api/search?limit=100").decode(Search.self).features.count == 6)
        #expect(DataFolder(path: card).files() == before)

        try await server.wayside("import", card, "--label", "CARD", "--wait")
        #expect(try await client.get("/api/search?limit=100").decode(Search.self).features.count == 6)
        #expect(DataFolder(path: server.data).stored().count == 18)
        #expect(DataFolder(path: server.data).staged().isEmpty)
    }

    @Test("a second server on the same data folder is refused in a sentence")
    func secondServer() async throws {
        let server = try BuiltServer()
        try await server.start()
        let result = try await server.command(["serve", "--port", "0"])
        #expect(result.status != 0)
        #expect(result.errors.contains("Another server is running"))
        #expect(server.isRunning)
    }
}

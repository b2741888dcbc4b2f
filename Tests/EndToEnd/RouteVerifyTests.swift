import Foundation
import TestSupport
import Testing

/// A destination that somebody has meddled with, compared and put right by the built program.
@Suite("Comparing a route's destination", .serialized, .timeLimit(.minutes(10)))
struct RouteVerifyTests {
    private struct Verification: Decodable {
        struct Place: Decodable {
            let missing, different, surplus, unsent, queued: Int
        }

        let state: String
        let destinations: [Place]
    }

    private struct Routes: Decodable {
        struct Route: Decodable { let id: String }

        let routes: [Route]
    }

    @Test("what is missing, different or not ours is named, and repaired by the server that runs")
    func meddled() async throws {
        let scene = try await BackupScene()
        let server = scene.server
        try await server.wayside("routes", "verify", "backup", "--rehash")
        let names = try ArchiveScene.files(of: server.data).keys.sorted()
        let (hd, thumb) = (
            try #require(names.first { $0.hasSuffix("hd.jpg") }),
            try #require(names.first { $0.hasSuffix("thumb.jpg") })
        )
        func meddle() throws {
            var bytes = try Data(contentsOf: URL(filePath: "\(scene.source)/\(hd)"))
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: URL(filePath: "\(scene.source)/\(hd)"))
            try FileManager.default.removeItem(atPath: "\(scene.source)/\(thumb)")
        }
        /// What was queued is not at fault any more, and there a moment later.
        @Sendable func isWhole() -> Bool {
            [hd, thumb].allSatisfy { name in
                let copy = FileManager.default.contents(atPath: "\(scene.source)/\(name)")
                return copy != nil && copy == FileManager.default.contents(atPath: "\(server.data)/\(name)")
            }
        }
        try meddle()
        try Data("mine".utf8).write(to: URL(filePath: "\(scene.source)/notes.txt"))

        let quick = try await server.command(["routes", "verify", "backup"])
        #expect(quick.status == 2, "\(quick.errors)")
        #expect(
            quick.output.split(separator: "\n").map(String.init) == ["1  surplus  notes.txt", "1  missing  \(thumb)"])
        let whole = try await server.command(["routes", "verify", "backup", "--rehash", "--repair"])
        #expect(whole.status == 0 && whole.output.contains("1  different  \(hd)"), "\(whole.output)")
        try await eventually { isWhole() }
        #expect(try await server.command(["routes", "verify", "backup", "--rehash"]).status == 0)

        try meddle()
        try await server.wayside("account", "create", "boss", "--role", "admin")
        let client = Client(server, token: try await server.wayside("token", "create", "boss"))
        let route = try #require(try await client.get("/api/routes").decode(Routes.self).routes.first)
        let path = "/api/routes/\(route.id)/verification"
        #expect(try await client.get(path).status == 404)
        #expect(try await client.post(path, json: #"{"rehash": true, "repair": true}"#).status == 202)
        try await eventually { try await client.get(path).decode(Verification.self).state == "done" }
        let found = try #require(try await client.get(path).decode(Verification.self).destinations.first)
        #expect(found.missing == 1 && found.different == 1 && found.surplus == 1 && found.unsent == 0)
        #expect(found.queued > 0)
        try await eventually { isWhole() }
        #expect(try await server.command(["routes", "verify", "backup", "--rehash"]).status == 0)
        #expect(FileManager.default.fileExists(atPath: "\(scene.source)/notes.txt"))
    }
}

import Domain
import Foundation
import StorageS3
import TestSupport
import Testing

@Suite("The built server's inbox", .serialized, .timeLimit(.minutes(10)))
struct InboxTests {
    private static let quick = [
        "WAYSIDE_INBOX_PATIENCE": "1", "WAYSIDE_INBOX_INTERVAL": "1", "WAYSIDE_INBOX_QUIET": "2",
    ]

    @Test("takes what is put into a label's folder, through kills, once each, and makes sequences of it")
    func folder() async throws {
        let folder = try TemporaryFolder()
        let server = try BuiltServer(Self.quick.merging(["WAYSIDE_INBOX": folder.path]) { $1 })
        try await server.start()
        let client = try await Self.administrator(of: server, label: "CAM 01")
        let count = 16
        for index in 0..<count {
            try Self.put(TestJPEG.drive(index).data(), at: "\(folder.path)/cam 01/100GOPRO/G\(index).JPG")
        }
        try Self.put(TestJPEG.drive(99).data(), at: "\(folder.path)/nobody/G.JPG")
        for _ in 0..<3 {
            // The moment of the kill, not a wait for something: any will do, so each run tries others.
            try await Task.sleep(for: .milliseconds(Int.random(in: 500...1500)))
            try await server.kill()
            try await server.start()
        }
        try await eventually { Self.files(folder.path).count == count + 2 }
        try await eventually {
            let found = try await client.get("/api/search?limit=100").decode(ItemsDocument.self)
            return found.features.count == count
        }
        let done = Self.files("\(folder.path)/done/cam 01/100GOPRO")
        #expect(done.count == count && done.allSatisfy { $0.hasSuffix(".JPG") && !$0.contains("(") })
        let reason = try String(contentsOfFile: "\(folder.path)/refused/nobody/G.JPG.txt", encoding: .utf8)
        #expect(reason == "There is no camera label “nobody”.\n")
        // Set and sequence are one: nothing was cut apart by the kills.
        let sequences = try await client.get("/api/collections").decode(Collections.self).collections
        #expect(sequences.count == 1)
        #expect(try await server.wayside("check").contains("\(folder.path), 0 files to be taken"))
        try await server.stop()
    }

    @Test("takes objects under a prefix of its own bucket, and says beside the others why not")
    func bucket() async throws {
        let scene = try await BucketServer.make(Self.quick.merging(["WAYSIDE_INBOX_PREFIX": "inbox"]) { $1 })
        try await scene.server.start()
        let client = try await Self.administrator(of: scene.server, label: "CAM-01")
        func put(_ data: Data, _ name: String) async throws {
            try await scene.store.put(data, "/\(scene.bucket.name)/inbox/\(name)")
        }
        for index in 0..<3 { try await put(TestJPEG.drive(index).data(), "CAM-01/100GOPRO/G\(index).JPG") }
        try await put(TestJPEG.drive(0).data(), "CAM-01/again.JPG")
        try await put(Data("film".utf8), "CAM-01/GX.MP4")
        try await put(TestJPEG.drive(9).data(), "nobody/G.JPG")
        try await eventually {
            try await client.get("/api/search?limit=100").decode(ItemsDocument.self).features.count == 3
        }
        try await eventually {
            try await scene.objects().filter { $0.hasPrefix("inbox/") } == [
                "inbox/done/CAM-01/100GOPRO/G0.JPG", "inbox/done/CAM-01/100GOPRO/G1.JPG",
                "inbox/done/CAM-01/100GOPRO/G2.JPG", "inbox/done/CAM-01/again.JPG", "inbox/refused/CAM-01/GX.MP4",
                "inbox/refused/CAM-01/GX.MP4.txt", "inbox/refused/nobody/G.JPG", "inbox/refused/nobody/G.JPG.txt",
            ]
        }
        try await scene.server.stop()
    }

    private struct Collections: Decodable {
        struct Entry: Decodable { let id: String }
        let collections: [Entry]
    }

    private static func administrator(of server: BuiltServer, label: String) async throws -> Client {
        try await server.wayside("label", "create", label, "--redaction", "none", "--confirm")
        return Client(server, token: try await server.wayside("token", "create", "admin"))
    }

    private static func put(_ data: Data, at path: String) throws {
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try data.write(to: URL(filePath: path))
    }

    /// Regular files below a folder, but not those that wait there.
    private static func files(_ folder: String) -> [String] {
        let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        let settled =
            ["done", "refused"].contains { folder.contains("/\($0)/") }
            ? all : all.filter { $0.hasPrefix("done/") || $0.hasPrefix("refused/") }
        return settled.filter { $0.hasSuffix(".JPG") || $0.hasSuffix(".txt") }
    }
}

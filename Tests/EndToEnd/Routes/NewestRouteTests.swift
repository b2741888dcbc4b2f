import Domain
import Foundation
import TestSupport
import Testing

@Suite("The newest picture, pushed by a route", .timeLimit(.minutes(10)))
struct NewestRouteTests {
    @Test("a website by SFTP has the newest picture at one address, whatever comes in which order or is hidden")
    func website() async throws {
        let remote = try await RcloneServer(.sftp)
        let run = try await RouteRun()
        let folder = run.server.folder.file("web")
        let route = try await run.makeRoute(
            ["hd"], to: [try remote.destination(), RouteRun.folder(folder)], named: "Website", #", "newest_only": true"#
        )
        let (root, name) = ("\(remote.root)/incoming", "CAM 01/latest.jpg")
        /// Sends a picture of the drive in an upload set of its own; its id.
        func send(_ index: Int) async throws -> String {
            let set = try await run.batch.client.post(
                "/api/upload_sets", json: #"{"title": "drive \#(index)", "camera_label": "CAM 01"}"#)
            let batch = Batch(
                server: run.server, client: run.batch.client, set: try set.decode(SetDocument.self).id)
            let id = try await batch.send(TestJPEG.drive(index).data(), name: "\(index).jpg")
            try await batch.finish()
            return id
        }
        /// One file is there, and it is this picture.
        func shows(_ id: String) async throws {
            let hash = try #require(try await run.expected([id]).first)
            try await eventually { try RouteRun.hashes(root) == [name: hash] }
            try await run.drain(route)
            #expect(try RouteRun.hashes(root) == [name: hash])
            #expect(try RouteRun.hashes(folder) == [name: hash])
        }
        let middle = try await send(2)
        try await shows(middle)
        let newest = try await send(4)
        try await shows(newest)
        _ = try await send(1)
        try await shows(newest)

        let items = try await run.admin.post("/api/search", json: #"{"ids": ["\#(newest)"]}"#)
        let collection = try #require(items.text.firstMatch(of: /"collection":"([^"]+)"/)).1
        for (visibility, expected) in [("owner-only", middle), ("logged-only", newest)] {
            let answer = try await run.admin.send(
                "PATCH", "/api/collections/\(collection)/items/\(newest)",
                headers: ["Content-Type": "application/json"], body: Data(#"{"visibility": "\#(visibility)"}"#.utf8))
            #expect(answer.status == 200, "\(answer.text)")
            try await shows(expected)
        }

        let fine = try await run.server.command(["route", "verify", "Website", "--rehash"])
        #expect(fine.status == 0 && fine.output.isEmpty, "\(fine.output)\(fine.errors)")
        try Data("meddled".utf8).write(to: URL(filePath: "\(folder)/\(name)"))
        let repaired = try await run.server.command(
            ["route", "verify", "Website", "--rehash", "--repair", "--wait"])
        #expect(repaired.status == 0 && repaired.output == "2  different  \(name)", "\(repaired.errors)")
        #expect(repaired.errors.contains("What was queued is there."))
        // It is there when the command ends, not some time later.
        let hash = try RouteRun.hashes(folder)[name]
        #expect(try await run.expected([newest]).first == hash)
    }
}

import Domain
import Foundation
import NIOHTTP1
import StorageS3
import Synchronization
import TestSupport
import Testing

@Suite("The built server with a bucket", .serialized, .timeLimit(.minutes(10)))
struct BucketTests {
    @Test("takes a batch, shows it, hides what is reported under new names, and erases; strangers get nothing")
    func mainJob() async throws {
        let scene = try await BucketServer.make()
        let server = scene.server
        try await server.start()
        let batch = try await Batch.open(on: server)
        for index in 0..<4 { _ = try await batch.send(TestJPEG.drive(index).data(), name: "\(index).jpg") }
        try await batch.finish()
        #expect(try await batch.status().itemsStatus.prepared == 4)
        let pictures = try await batch.outcome().flatMap { $0 }
        #expect(pictures.count == 4)
        let before = try await scene.objects()
        #expect(before.count == 12)
        #expect(DataFolder(path: server.data).stored().isEmpty && DataFolder(path: server.data).staged().isEmpty)
        #expect(try await scene.stranger(before[0]) == [403, 403, 403])
        #expect(try await server.wayside("check").contains("strangers may not read, list or write"))

        // A part, and all of it: what the server sends is what the store has.
        let id = pictures[0].id
        let whole = try await batch.client.get("/api/pictures/\(id)/hd.jpg")
        #expect(whole.status == 200 && whole.body.starts(with: [0xFF, 0xD8]))
        let part = try await batch.client.get("/api/pictures/\(id)/hd.jpg", headers: ["Range": "bytes=100-299"])
        #expect(part.status == 206 && part.body == whole.body[100..<300])

        // An archive of it is like any other.
        let archive = server.folder.file("archive")
        try await server.wayside("archive", "export", archive)
        let copy = try BuiltServer()
        try await copy.wayside("archive", "import", archive)
        #expect(DataFolder(path: copy.data).stored().map { String($0.dropFirst(6)) } == before)

        try await server.wayside("account", "create", "watcher", "--role", "viewer")
        try await server.wayside("label", "grant", "CAM 01", "watcher")
        let watcher = Client(server, token: try await server.wayside("token", "create", "watcher"))
        let report = try await watcher.post(
            "/api/reports", json: #"{"issue": "privacy", "picture_id": "\#(id)"}"#)
        #expect(report.status == 201)
        #expect(try await watcher.get("/api/pictures/\(id)/hd.jpg").status == 404)
        try await eventually {
            let now = try await scene.objects()
            return now.count == 12 && now.filter { $0.contains("\(id)/2/") }.count == 3
                && !now.contains { $0.contains("\(id)/1/") }
        }
        // Its owner still sees it, from its new place, as soon as the catalogue knows that too.
        try await eventually { try await batch.client.get("/api/pictures/\(id)/hd.jpg").body == whole.body }

        #expect(try await batch.client.send("DELETE", "/api/upload_sets/\(batch.set)").status == 204)
        try await eventually { try await scene.objects().isEmpty }
    }

    @Test("says what is wrong with its bucket before it starts, and never takes another server's")
    func refusals() async throws {
        let scene = try await BucketServer.make()
        try await scene.server.start()
        try await scene.server.stop()
        let mistakes: [(String, String, String)] = [
            ("WAYSIDE_S3_SECRET_KEY", "wrong", "secret key does not belong"),
            ("WAYSIDE_S3_ACCESS_KEY", "stranger", "does not know the access key"),
            ("WAYSIDE_S3_BUCKET", "not-there-at-all", "settings say something else"),
            ("WAYSIDE_STORAGE", "directory", "wayside storage migrate"),
        ]
        let settings = try BucketServer.settings(scene.bucket, port: scene.store.port)
        for (variable, value, words) in mistakes {
            var wrong = settings
            (wrong[variable], wrong["WAYSIDE_DATA"]) = (value, scene.server.data)
            let result = try await BuiltServer(wrong).command(["serve"])
            #expect(result.status != 0 && result.errors.contains(words), "\(variable): \(result.errors)")
        }
        var other = settings
        other["WAYSIDE_S3_BUCKET"] = "not-there-at-all"
        let missing = try await BuiltServer(other).command(["serve"])
        #expect(missing.status != 0 && missing.errors.contains("no bucket “not-there-at-all”"), "\(missing.errors)")
        // One of the same name elsewhere, or emptied.
        _ = try await scene.store.request("DELETE", "/\(scene.bucket.name)/.wayside-owner")
        try await scene.server.start()
        #expect(scene.server.log.contains("THE BUCKET IS EMPTY"))
        try await scene.server.stop()
        let second = try await BuiltServer(settings).command(["serve"])
        #expect(second.status != 0 && second.errors.contains("pictures of another Wayside"), "\(second.errors)")
    }

    @Test("warns loudly of a bucket that anybody may read")
    func open() async throws {
        let store = try await S3Server.shared(.open)
        let settings = try BucketServer.settings(try await store.makeBucket(), port: store.port)
        let server = try BuiltServer(settings)
        try await server.start()
        try await eventually { server.log.contains("THE BUCKET IS NOT SAFE") }
        let check = try await server.command(["check"])
        #expect(check.status != 0 && check.output.contains("Anybody can read from"), "\(check.output)")
    }

    @Test("sends programs on to the bucket where the operator says so: for a moment, and only what they may see")
    func redirect() async throws {
        let scene = try await BucketServer.make(["WAYSIDE_S3_REDIRECT": "60"])
        let server = scene.server
        try await server.start()
        let batch = try await Batch.open(on: server)
        let id = try await batch.send(TestJPEG.drive(0).data(), name: "a.jpg")
        try await batch.finish()
        let path = "/api/pictures/\(id)/hd.jpg"
        let sent = try await batch.client.get(path)
        #expect(sent.status == 302 && sent.headers.first(name: "Cache-Control") == "private, no-store")
        let address = try #require(sent.headers.first(name: "Location"))
        #expect(address.hasPrefix("\(scene.store.endpoint)/\(scene.bucket.name)/pictures/"))
        #expect(address.contains("X-Amz-Expires=60&"))
        // Nobody is asked who has it; and what a page gets comes from the server.
        let stranger = Client(server)
        let fetched = try await stranger.get(address)
        let shown = try await batch.client.get(path, headers: ["Sec-Fetch-Site": "same-origin"])
        #expect(fetched.status == 200 && shown.status == 200 && fetched.body == shown.body)
        #expect(try await batch.client.send("HEAD", path).status == 200)
        let tag = try #require(shown.headers.first(name: "ETag"))
        #expect(try await batch.client.get(path, headers: ["If-None-Match": tag]).status == 304)
        #expect(try await stranger.get(path).status == 401)

        // Hidden: the old address is dead, and nobody else is given another.
        try await server.wayside("account", "create", "watcher", "--role", "viewer")
        try await server.wayside("label", "grant", "CAM 01", "watcher")
        let watcher = Client(server, token: try await server.wayside("token", "create", "watcher"))
        #expect(try await watcher.get(path).status == 302)
        let report = try await watcher.post("/api/reports", json: #"{"issue": "privacy", "picture_id": "\#(id)"}"#)
        #expect(report.status == 201)
        #expect(try await watcher.get(path).status == 404)
        try await eventually { try await stranger.get(address).status == 404 }
    }

    @Test("takes pictures while its bucket is gone, says when to ask again for those in it, and none is lost")
    func gone() async throws {
        let store = try await S3Server.shared(.seaweedFS)
        try await FaultProxy.with(store.port, plan: { _ in nil }) { proxy in
            let scene = try await BucketServer.make(port: proxy.port)
            try await scene.server.start()
            let batch = try await Batch.open(on: scene.server)
            let first = try await batch.send(TestJPEG.drive(7).data(), name: "7.jpg")
            try await eventually { try await batch.client.get("/api/pictures/\(first)/hd.jpg").status == 200 }
            proxy.change { _ in .refused }
            let missing = try await batch.client.get(
                "/api/pictures/\(first)/hd.jpg", headers: ["Accept-Language": "fr"])
            #expect(missing.status == 503 && missing.headers.contains(name: "Retry-After"))
            #expect(missing.text.contains("inutilisable pour le moment"))
            for index in 0..<3 { _ = try await batch.send(TestJPEG.drive(index).data(), name: "\(index).jpg") }
            try await eventually { scene.server.log.contains("tried again later") }
            #expect(try await batch.status().itemsStatus.broken == 0)
            proxy.change { _ in nil }
            try await batch.finish()
            #expect(try await batch.status().itemsStatus.prepared == 4)
            #expect(try await scene.objects().count == 12)
            #expect(DataFolder(path: scene.server.data).staged().isEmpty)
        }
    }
}

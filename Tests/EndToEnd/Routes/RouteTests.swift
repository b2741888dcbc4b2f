import Crypto
import Domain
import Foundation
import StorageS3
import TestSupport
import Testing

@Suite("Routes of the built server", .timeLimit(.minutes(10)))
struct RouteTests {
    @Test("scenario 1: everything off-site: JPEGs and raw files by SFTP and in a bucket, checksums equal, nothing owed")
    func offSite() async throws {
        let (remote, store) = (try await RcloneServer(.sftp), try await S3Server.shared(.seaweedFS))
        let bucket = try await store.makeBucket()
        let run = try await RouteRun(originals: "keep")
        let place = """
            {"kind": "bucket", "endpoint": "\(store.endpoint)", "bucket": "\(bucket.name)", "prefix": "copies/of",
            "access_key": "\(S3Server.accessKey)", "secrets": {"secret_key": "\(S3Server.secretKey)"}}
            """
        let route = try await run.makeRoute(
            ["original", "raw", "item"], to: [try remote.destination(), place], #", "pattern": "{label}/{name}_{id}""#)
        let pictures = (0..<4).map { TestJPEG.drive($0) }
        let (sent, raws) = (pictures.map { $0.data() }, pictures.map { TestDNG(beside: $0).data() })
        for index in sent.indices {
            _ = try await run.batch.send(sent[index], name: "DCIM/10\(index)/A1.JPG")
            _ = try await run.batch.send(raws[index], name: "DCIM/10\(index)/A1.DNG")
        }
        try await run.batch.finish()
        // Raw files are stored behind what is ready.
        try await eventually { try RouteRun.hashes("\(remote.root)/incoming").count == 12 }
        try await run.drain(route)

        let there = try RouteRun.hashes("\(remote.root)/incoming")
        #expect(Set(there.filter { $0.key.hasSuffix(".jpg") }.values) == Set(sent.map(RouteRun.hash)))
        #expect(Set(there.filter { $0.key.hasSuffix(".dng") }.values) == Set(raws.map(RouteRun.hash)))
        #expect(there.count == 12 && there.keys.count { $0.hasSuffix(".json") } == 4)
        // The bucket's entity tags are the MD5 of what it holds.
        let answer = try await store.request("GET", "/\(bucket.name)", query: [("list-type", "2")])
        let objects = answer.body.matches(of: /<Key>([^<]+)<\/Key>.*?([0-9a-f]{32})/)
        let tags = Dictionary(uniqueKeysWithValues: objects.map { (String($0.1), String($0.2)) })
        #expect(Set(tags.keys) == Set(there.keys.map { "copies/of/\($0)" }))
        for name in there.keys where !name.hasSuffix(".json") {
            let bytes = try Data(contentsOf: URL(filePath: "\(remote.root)/incoming/\(name)"))
            let hash = Insecure.MD5.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
            #expect(tags["copies/of/\(name)"] == hash)
        }
        // Nobody gets to see a secret again.
        let shown = try await run.admin.get("/api/routes").text
        for secret in [RcloneServer.password, S3Server.secretKey] { #expect(!shown.contains(secret)) }
        #expect(try await run.route(route).destinations.map(\.secrets) == [["pass"], ["secret_key"]])
        #expect(!run.server.log.contains(S3Server.secretKey) && !run.server.log.contains("pässword"))
    }

    @Test("scenario 2: two mirrors keep originals, the partner gets pictures; a mirror that is pulled loses nothing")
    func mirrors() async throws {
        let remote = try await RcloneServer(.webdav)
        let run = try await RouteRun(originals: "keep")
        let (first, second) = (run.server.folder.file("disk-1"), run.server.folder.file("disk-2"))
        let archive = try await run.makeRoute(
            ["original"], to: [RouteRun.folder(first), RouteRun.folder(second)], named: "Archive")
        let partner = try await run.makeRoute(["hd"], to: [try remote.destination()], named: "Partner")
        _ = try await run.batch.send(TestJPEG.drive(0).data(), name: "0.jpg")
        try await eventually { try RouteRun.hashes(second).count == 1 }
        try await run.drain(archive)

        try FileManager.default.moveItem(atPath: second, toPath: "\(second)-pulled")
        var ids: [String] = []
        for index in 1..<5 {
            ids.append(try await run.batch.send(TestJPEG.drive(index).data(), name: "\(index).jpg"))
        }
        try await run.batch.finish()
        try await run.drain(partner)
        try await eventually {
            let states = try await run.route(archive).destinations.map(\.state)
            // The first picture is owed once more when it comes into its sequence, until it is seen that its file stays as it is.
            return states[0].works && states[0].waiting == 0 && !states[1].works && (4...5).contains(states[1].waiting)
        }
        #expect(try RouteRun.hashes(first).count == 5)
        #expect(try await run.route(archive).destinations[1].state.error?.contains("mounted") == true)
        // Not onto the disk below, whoever asks.
        #expect(!FileManager.default.fileExists(atPath: second))
        try FileManager.default.createDirectory(atPath: second, withIntermediateDirectories: false)
        let check = try await run.server.command(["route", "check", "Archive"])
        #expect(check.status != 0 && check.output.contains("is its disk there and mounted?"), "\(check.output)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: second).isEmpty)
        try FileManager.default.removeItem(atPath: second)

        try FileManager.default.moveItem(atPath: "\(second)-pulled", toPath: second)
        try await run.drain(archive)
        #expect(try RouteRun.hashes(second) == RouteRun.hashes(first))
        let there = try RouteRun.hashes("\(remote.root)/incoming")
        #expect(there.count == 5)
        #expect(try await run.expected(ids).isSubset(of: Set(there.values)))
    }

    @Test("scenario 3: pictures alone go out, all of them, as soon as they are prepared")
    func progressive() async throws {
        let run = try await RouteRun(redacting: true)
        let folder = run.server.folder.file("partner")
        let route = try await run.makeRoute(["hd"], to: [RouteRun.folder(folder)])
        var ids: [String] = []
        for index in 0..<3 {
            ids.append(try await run.batch.send(TestJPEG.drive(index).data(), name: "\(index).jpg"))
            // The batch is open still.
            try await eventually { try RouteRun.hashes(folder).count == index + 1 }
        }
        try await run.batch.finish()
        try await run.drain(route)
        #expect(try await run.expected(ids) == Set(RouteRun.hashes(folder).values))
        // What the policy discards cannot be asked for.
        for content in ["original", "raw"] {
            let refused = try await run.admin.post(
                "/api/routes",
                json: """
                    {"name": "All", "camera_labels": ["CAM 01"], "contents": ["\(content)"],
                    "destinations": [\(RouteRun.folder(folder + "-2"))]}
                    """)
            #expect(refused.status == 422 && refused.text.contains("discards originals"), "\(refused.text)")
        }
    }

    @Test("what is hidden, erased or reported is taken back at once, from a folder, by SFTP and from a bucket")
    func withdrawal() async throws {
        let (remote, store) = (try await RcloneServer(.sftp), try await S3Server.shared(.seaweedFS))
        let bucket = try await store.makeBucket()
        let run = try await RouteRun()
        let folder = run.server.folder.file("partner")
        let place = """
            {"kind": "bucket", "endpoint": "\(store.endpoint)", "bucket": "\(bucket.name)",
            "access_key": "\(S3Server.accessKey)", "secrets": {"secret_key": "\(S3Server.secretKey)"}}
            """
        let route = try await run.makeRoute(
            ["hd"], to: [RouteRun.folder(folder), try remote.destination(), place], #", "pattern": "{id}""#)
        var ids: [String] = []
        for index in 0..<4 {
            ids.append(try await run.batch.send(TestJPEG.drive(index).data(), name: "\(index).jpg"))
        }
        try await run.batch.finish()
        try await run.drain(route)
        let files = S3Folder(bucket: bucket, prefix: "")
        func there() async throws -> [[String]] {
            [
                try RouteRun.hashes(folder).keys.sorted(), try RouteRun.hashes("\(remote.root)/incoming").keys.sorted(),
                try await files.list(after: nil, limit: 100).map(\.name),
            ]
        }
        let all = ids.map { "\($0).jpg" }.sorted()
        #expect(try await there() == [all, all, all])
        let items = try await run.admin.post("/api/search", json: #"{"ids": ["\#(ids[0])"]}"#)
        let collection = try #require(items.text.firstMatch(of: /"collection":"([^"]+)"/)).1
        let hidden = try await run.admin.send(
            "PATCH", "/api/collections/\(collection)/items/\(ids[0])", headers: ["Content-Type": "application/json"],
            body: Data(#"{"visibility": "owner-only"}"#.utf8))
        #expect(hidden.status == 200, "\(hidden.text)")
        let report = try await run.batch.client.post(
            "/api/reports", json: #"{"issue": "privacy", "picture_id": "\#(ids[1])"}"#)
        #expect(report.status == 201)
        let erased = try await run.admin.send("DELETE", "/api/collections/\(collection)/items/\(ids[2])")
        #expect((200..<300).contains(erased.status))
        try await eventually {
            try await there() == [["\(ids[3]).jpg"], ["\(ids[3]).jpg"], ["\(ids[3]).jpg"]]
        }
    }

    @Test("places that are the server's own, and options that run programs, are refused with a reason")
    func refusals() async throws {
        let run = try await RouteRun(["WAYSIDE_LOCAL_DESTINATIONS": "false"])
        let data = run.server.data
        let link = run.server.folder.file("link")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: data)
        let refused = [
            (RouteRun.folder("\(data)/store"), "data folder"), (RouteRun.folder("\(link)/deeper"), "data folder"),
            (RouteRun.folder(run.server.folder.path), "data folder"), (RouteRun.folder("here"), "absolute"),
            (#"{"kind": "rclone", "backend": "sftp", "options": {"ssh": "sh"}}"#, "cannot be set here"),
            (#"{"kind": "rclone", "backend": "local"}"#, "directory instead"),
            (#"{"kind": "rclone", "backend": "sftpx"}"#, "knows no backend"),
            (#"{"kind": "rclone", "backend": "sftp", "options": {"hots": "a"}}"#, "no option"),
            (#"{"kind": "http", "url": "file:///etc"}"#, "https://"), (#"{"kind": "pigeon"}"#, "destinations"),
            (#"{"kind": "http", "url": "http://127.0.0.1:8333/in"}"#, "local-destinations"),
            (#"{"kind": "http", "url": "http://127.1:8333/in"}"#, "local-destinations"),
            (#"{"kind": "wayside", "url": "http://[::1]:8080", "secrets": {"token": "t"}}"#, "local-destinations"),
            (
                #"{"kind": "bucket", "endpoint": "http://localhost:9000", "bucket": "abc", "access_key": "a", "secrets": {"secret_key": "s"}}"#,
                "local-destinations"
            ),
            (#"{"kind": "rclone", "backend": "sftp", "options": {"host": "127.0.0.1"}}"#, "local-destinations"),
            (
                #"{"kind": "rclone", "backend": "webdav", "options": {"url": "http://169.254.169.254/latest"}}"#,
                "its cloud"
            ),
            (#"{"kind": "http", "url": "http://[fe80::1]/in"}"#, "its cloud"),
        ]
        for (destination, words) in refused {
            let answer = try await run.admin.post(
                "/api/routes",
                json: """
                    {"name": "R", "camera_labels": ["CAM 01"], "contents": ["hd"], "destinations": [\(destination)]}
                    """)
            #expect(
                [400, 422].contains(answer.status) && answer.text.contains(words), "\(destination): \(answer.text)")
        }
        #expect(try await run.admin.get("/api/routes").text.contains(#""routes":[]"#))
    }
}

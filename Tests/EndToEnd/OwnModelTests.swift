import Crypto
import Domain
import Foundation
import TestSupport
import Testing

@Suite("An operator's own model, end to end", .serialized, .timeLimit(.minutes(10)))
struct OwnModelTests {
    /// Puts a model with its manifest into the server's folder.
    private func put(
        _ model: TinyModel, _ name: String, in server: BuiltServer, use: String = "metadata",
        change: (inout [String: Any]) -> Void = { _ in }
    ) throws {
        let folder = "\(server.data)/models"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let bytes = model.bytes()
        try bytes.write(to: URL(filePath: "\(folder)/\(name).onnx"))
        let hash = SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
        try model.manifest(name, file: "\(name).onnx", sha256: hash, use: use, change: change)
            .write(to: URL(filePath: "\(folder)/\(name).json"))
    }

    /// 640 × 480 with a red and a blue square, each one cell of the tiny model.
    private func picture(_ index: Int) -> Data {
        var jpeg = TestJPEG.drive(index)
        jpeg.width = 640
        jpeg.height = 480
        jpeg.colour = { column, row in
            if (16..<24).contains(column), (8..<16).contains(row) { return (255, 0, 0) }
            if (64..<72).contains(column), (40..<48).contains(row) { return (0, 0, 255) }
            return (128, 128, UInt8(120 + index % 8))
        }
        return jpeg.data()
    }

    private struct Document: Decodable {
        struct Annotation: Decodable {
            struct Finding: Decodable {
                let model: String

                enum CodingKeys: String, CodingKey {
                    case model
                    case className = "class"
                    case score
                }
                let className: String
                let score: Double
            }

            struct Shape: Decodable { let coordinates: [[[Double]]] }

            let id: String
            let shape: Shape
            let findings: [Finding]

            enum CodingKeys: String, CodingKey {
                case id, shape
                case findings = "wayside:findings"
            }
        }

        let annotations: [Annotation]
    }

    private func annotations(_ id: String, _ client: Client) async throws -> [Document.Annotation] {
        let answer = try await client.get("/api/pictures/\(id)/annotations")
        return try JSONDecoder().decode(Document.self, from: answer.body).annotations
    }

    private func findings(_ id: String, _ client: Client) async throws -> [String] {
        try await annotations(id, client).flatMap(\.findings).map { "\($0.model) \($0.className)" }.sorted()
    }

    @Test("each bad model is refused with its own reason, and the server starts and works")
    func refused() async throws {
        let server = try BuiltServer()
        let tiny = TinyModel("yolov8")
        try put(tiny, "good", in: server)
        try put(tiny, "hash", in: server) { $0["sha256"] = String(repeating: "0", count: 64) }
        try put(tiny, "classes", in: server) { $0["classes"] = ["one", "two", "three"] }
        try put(tiny, "decoder", in: server) { $0["decoder"] = "yolov3" }
        try put(tiny, "typo", in: server) { $0["tilling"] = ["tile": 320] }
        try put(tiny, "unlicensed", in: server) { $0["licence"] = nil }
        try put(tiny, "taken", in: server) { $0["name"] = "centerface" }
        try put(tiny, "gone", in: server)
        try FileManager.default.removeItem(atPath: "\(server.data)/models/gone.onnx")
        try Data("no json".utf8).write(to: URL(filePath: "\(server.data)/models/text.json"))
        let noise = Data((0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        try put(tiny, "noise", in: server) {
            $0["sha256"] = SHA256.hash(data: noise).map { String(format: "%02x", $0) }.joined()
        }
        try noise.write(to: URL(filePath: "\(server.data)/models/noise.onnx"))
        try await server.start()

        let report = try await server.command(["check"])
        #expect(report.status != 0)
        let lines = report.output.split(separator: "\n").map(String.init)
        for (file, words) in [
            ("hash", "the SHA-256 of hash.onnx is"), ("classes", "1×7×n, but the model gives 1×6×100"),
            ("decoder", "“decoder” is one of yolov5"), ("typo", "“tilling”, which nothing reads"),
            ("unlicensed", "“licence” is missing"), ("taken", "belongs to one of Wayside's own"),
            ("gone", "gone.onnx that the manifest names is not there"), ("text", "not a JSON object"),
            ("noise", "the model file cannot be read"),
        ] {
            let line = lines.first { $0.contains("\(file).json: ") }
            #expect(line?.hasPrefix("FAIL") == true && line?.contains(words) == true, "\(file): \(line ?? "")")
        }
        #expect(lines.contains { $0.hasPrefix("ok") && $0.contains("good.json: The model good runs") })

        // Shown to administrators, each with its reason.
        try await eventually { server.log.contains("one-time password") }
        let admin = Client(server, token: try await server.wayside("token", "create", "admin"))
        let page = try await admin.get("/admin/models").text
        #expect(page.contains("the SHA-256 of hash.onnx is") && page.contains("data-model=\"good\""))
        let run = try await server.command(["detect", "--model", "hash", "--label", "nothing"])
        #expect(run.status != 0 && run.errors.contains("no camera label"))
        try await server.wayside("label", "create", "car")
        let refused = try await server.command(["detect", "--model", "hash", "--label", "car"])
        #expect(refused.status != 0 && refused.errors.contains("the SHA-256 of hash.onnx is"))
        let own = try await server.command(["detect", "--model", "centerface", "--label", "car"])
        #expect(own.status != 0 && own.errors.contains("one of Wayside's own"))
        #expect(try await server.stop() == 0)
    }

    @Test("a run stores what a model finds; a re-run replaces its own and nothing else")
    func runs() async throws {
        let server = try BuiltServer()
        try await server.start()
        let batch = try await Batch.open(on: server, label: "CAM")
        var ids: [String] = []
        for index in 0..<3 { ids.append(try await batch.send(picture(index), name: "\(index).jpg")) }
        try await batch.finish()
        #expect(try await findings(ids[0], batch.client) == [])

        try put(TinyModel("yolov8"), "first", in: server, use: "blur")
        let report = try await server.wayside("detect", "--model", "first", "--label", "CAM")
        #expect(report.contains("3 pictures looked at by “first”"))
        #expect(report.contains("3  blue") && report.contains("3  red"))
        for id in ids { #expect(try await findings(id, batch.client) == ["first blue", "first red"]) }
        let shape = try await annotations(ids[0], batch.client).first { $0.findings.first?.className == "red" }?.shape
        #expect(shape?.coordinates == [[[128, 64], [192, 64], [192, 128], [128, 128], [128, 64]]])
        #expect(try await batch.client.get("/api/pictures/\(ids[0])/hd.jpg").status == 200)

        // Another model that sees red only; and something that a person says.
        var second = TinyModel("yolov5")
        second.isRedOnly = true
        try put(second, "second", in: server, use: "blur")
        try await server.wayside("detect", "--model", "second", "--picture", ids[0])
        let said = try await batch.client.post(
            "/api/pictures/\(ids[0])/annotations",
            json: #"{"shape":[1,1,9,9],"semantics":[{"key":"a","value":"b"}]}"#)
        #expect(said.status == 200)
        #expect(try await findings(ids[0], batch.client) == ["first blue", "first red", "second red"])
        #expect(try await findings(ids[1], batch.client) == ["first blue", "first red"])

        // The first model replaced by one that sees red only.
        try put(second, "first", in: server, use: "blur")
        try await server.wayside("detect", "--model", "first", "--sequence", try await sequence(batch))
        #expect(try await findings(ids[0], batch.client) == ["first red", "second red"])
        #expect(try await findings(ids[1], batch.client) == ["first red"])
        #expect(try await annotations(ids[0], batch.client).contains { $0.findings.isEmpty })
        #expect(try await server.stop() == 0)
    }

    private func sequence(_ batch: Batch) async throws -> String {
        try #require(try await batch.status().associatedCollections.first?.id)
    }

    /// A picture sent to a label of its own whose policy hides `subjects`: what was found on it, and its hd file.
    private func sent(hiding subjects: String, to server: BuiltServer) async throws -> (found: [String], hd: Data) {
        let name = "hiding \(subjects)".replacingOccurrences(of: ",", with: " ")
        try await server.wayside("label", "create", name, "--redaction", "fast")
        try await server.wayside("label", "policy", name, "--set", "subjects=\(subjects)")
        try await server.wayside("account", "create", name, "--role", "field")
        try await server.wayside("label", "grant", name, name)
        let client = Client(server, token: try await server.wayside("token", "create", name))
        let made = try await client.post(
            "/api/upload_sets", json: #"{"title": "a drive", "camera_label": "\#(name)"}"#)
        let batch = Batch(server: server, client: client, set: try made.decode(SetDocument.self).id)
        let id = try await batch.send(picture(0), name: "a.jpg")
        try await batch.finish()
        return (try await findings(id, client), try await client.get("/api/pictures/\(id)/hd.jpg").body)
    }

    @Test("where a label's policy names a class, what an own model finds of it is hidden; elsewhere nothing is")
    func blurred() async throws {
        let server = try BuiltServer()
        try put(TinyModel("yolov8"), "squares", in: server, use: "blur")
        try await server.start()
        let plain = try await sent(hiding: "face,plate", to: server)
        let other = try await sent(hiding: "face,plate,horse", to: server)
        let naming = try await sent(hiding: "face,plate,red", to: server)
        #expect(plain.found.isEmpty && other.found.isEmpty)
        #expect(naming.found == ["squares blue", "squares red"])
        // The same picture: without anything hidden its bytes are the same too.
        #expect(plain.hd == other.hd && naming.hd != plain.hd)
        #expect(try await server.stop() == 0)
    }

    @Test("kill −9 in the middle of a run: it goes on by itself and ends with everything found once")
    func killed() async throws {
        let server = try BuiltServer()
        try await server.start()
        let batch = try await Batch.open(on: server, label: "CAM")
        var ids: [String] = []
        for index in 0..<16 { ids.append(try await batch.send(picture(index), name: "\(index).jpg")) }
        try await batch.finish()
        try put(TinyModel("yolov8"), "squares", in: server, use: "blur")
        try await server.wayside("detect", "--model", "squares", "--label", "CAM", "--no-wait")
        for _ in 0..<3 {
            // Any moment will do: each run tries others.
            try await Task.sleep(for: .milliseconds(Int.random(in: 50...500)))
            try await server.kill()
            try await server.start()
        }
        let expected = ["squares blue", "squares red"]
        try await eventually {
            for id in ids {
                if try await findings(id, batch.client) != expected { return false }
            }
            return true
        }
        let folder = DataFolder(path: server.data)
        try await eventually { folder.working().isEmpty }
        #expect(try await server.stop() == 0)
    }
}

import Crypto
import Domain
import Foundation
import NIOHTTP1
import TestSupport
import Testing

/// JPEGs with their raw files on the built server and its darkroom.
@Suite("A JPEG and its raw file, on the built server", .serialized, .timeLimit(.minutes(10)))
struct RawJourneyTests {
    private static let label = "CAM 01"

    /// A pair at a place of its own on a straight drive, in a folder that is named after it.
    private struct Pair {
        let folder: String
        let jpeg: Data
        let raw: Data
        /// Stands in the raw file and nowhere else: its own mark, and parts of its preview and of the sensor's data.
        let marks: [Data]

        init(_ index: Int, hasPreview: Bool = true) {
            folder = "DCIM/10\(index)"
            var picture = TestJPEG.drive(index)
            (picture.width, picture.height) = (640, 480)
            jpeg = picture.data()
            var dng = TestDNG(beside: picture)
            dng.mark = Array("WAYSIDE-RAW-MARK-\(index)-".utf8)
            dng.value = { x, y, filter in 9000 + (x * 31 + y * 17 + filter * 7919 + index * 101) % 20_000 }
            dng.preview?.seed = UInt64(index + 500)
            if !hasPreview { dng.preview = nil }
            raw = dng.data()
            let preview = dng.preview?.data() ?? Data()
            let middle = raw.count / 2
            marks =
                [Data(dng.mark), raw[middle..<(middle + 48)]]
                + (preview.isEmpty ? [] : [preview[(preview.count / 2)..<(preview.count / 2 + 48)]])
        }

        func path(_ ending: String) -> String { "\(folder)/A1.\(ending)" }
    }

    private func sha256(_ data: Data) -> String { SHA256.hash(data: data).map { String(format: "%02x", $0) }.joined() }

    @Test("kept: in either order, killed in between, it is one item whose two files are what was sent")
    func keep() async throws {
        let server = try BuiltServer()
        try await server.start()
        let batch = try await Batch.open(on: server, label: Self.label)
        try await server.wayside("label", "originals", Self.label, "keep")
        let pairs = [Pair(0), Pair(1), Pair(2)]
        var ids: [String] = []
        for (index, pair) in pairs.enumerated() {
            let jpeg = (pair.jpeg, pair.path("JPG")), raw = (pair.raw, pair.path("DNG"))
            let order = index == 1 ? [jpeg, raw] : [raw, jpeg]
            let first = try await batch.send(order[0].0, name: order[0].1)
            // The last one is prepared from its raw file before the JPEG comes.
            if index == 2 { try await eventually { try await batch.status().itemsStatus.prepared == 3 } }
            try await server.kill()
            try await server.start()
            #expect(try await batch.send(order[1].0, name: order[1].1) == first)
            ids.append(first)
        }
        try await batch.finish()
        // Replacing goes on behind what is ready.
        let folder = DataFolder(path: server.data)
        try await eventually { folder.staged().isEmpty && folder.working().isEmpty }
        let status = try await batch.status()
        #expect(status.itemsStatus.prepared == 3 && status.itemsStatus.rejected == 0)
        #expect(try await batch.files().count == 6)
        for (pair, id) in zip(pairs, ids) {
            let original = try await batch.client.get("/api/pictures/\(id)/original")
            let raw = try await batch.client.get("/api/pictures/\(id)/raw")
            #expect(sha256(original.body) == sha256(pair.jpeg) && sha256(raw.body) == sha256(pair.raw))
            #expect(raw.headers.first(name: "content-type") == "image/x-adobe-dng")
            #expect(raw.headers.first(name: "cache-control") == "private, no-store")
            let item = String(decoding: try await batch.client.get("/api/pictures/\(id)").body, as: UTF8.self)
            #expect(item.contains("/api/pictures/\(id)/raw") && item.contains(sha256(pair.raw)))
            // What is shown is the JPEG, not the preview in the raw file.
            let shown = try await batch.client.get("/api/pictures/\(id)/hd.jpg").body
            #expect(shown.range(of: pair.jpeg[(pair.jpeg.count / 2)..<(pair.jpeg.count / 2 + 48)]) != nil)
            #expect(pair.marks.allSatisfy { shown.range(of: $0) == nil })
            #expect(try await batch.client.upload(pair.raw, name: pair.path("DNG"), to: batch.set).status == 409)
        }
        // Somebody else who sees the pictures learns of no raw file.
        try await server.wayside("account", "create", "viewer", "--role", "manager")
        try await server.wayside("label", "grant", Self.label, "viewer")
        let other = Client(server, token: try await server.wayside("token", "create", "viewer"))
        #expect(try await other.get("/api/pictures/\(ids[0])/raw").status == 404)
        let seen = try await other.get("/api/pictures/\(ids[0])")
        #expect(seen.status == 200 && !String(decoding: seen.body, as: UTF8.self).contains("/raw"))
        try await server.stop()
    }

    @Test("sealed: the raw file opens to the bytes that were sent")
    func sealed() async throws {
        let server = try BuiltServer(), holder = try TemporaryFolder()
        try await server.start()
        let batch = try await Batch.open(on: server, label: Self.label)
        let key = holder.file("key"), tokenFile = holder.file("token"), out = holder.file("out")
        let publicKey = try await server.wayside("keys", "generate", "--out", key)
        try await server.wayside("label", "originals", Self.label, "sealed", "--key", publicKey)
        try Data("\(batch.client.token ?? "")\n".utf8).write(to: URL(filePath: tokenFile))
        let pair = Pair(0)
        let id = try await batch.send(pair.jpeg, name: pair.path("JPG"))
        _ = try await batch.send(pair.raw, name: pair.path("DNG"))
        try await batch.finish()
        let folder = DataFolder(path: server.data)
        try await eventually { folder.staged().isEmpty && folder.working().isEmpty }
        for file in folder.files() {
            let content = try Data(contentsOf: URL(filePath: "\(server.data)/\(file)"))
            #expect(pair.marks.allSatisfy { content.range(of: $0) == nil }, "\(file)")
        }
        let remote = ["--from", server.origin, "--token-file", tokenFile]
        for (arguments, sent) in [(["--raw"] + remote, pair.raw), (remote, pair.jpeg), (["--raw"], pair.raw)] {
            let result = try await server.command(
                ["unseal", id] + arguments + ["--key", key, "--reason", "why", "--out", out])
            #expect(result.status == 0, "\(result.errors)")
            #expect(sha256(try Data(contentsOf: URL(filePath: out))) == sha256(sent))
            try FileManager.default.removeItem(atPath: out)
        }
        // One in the place of the other.
        let names = folder.files().filter { $0.hasPrefix("store/originals/") }
        let raw = try #require(names.first { $0.hasSuffix("raw.sealed") })
        let original = try #require(names.first { !$0.hasSuffix("raw.sealed") })
        try FileManager.default.removeItem(atPath: "\(server.data)/\(original)")
        try FileManager.default.copyItem(atPath: "\(server.data)/\(raw)", toPath: "\(server.data)/\(original)")
        let swapped = try await server.command(["unseal", id, "--key", key, "--reason", "why", "--out", out])
        #expect(swapped.status != 0 && swapped.errors.contains("raw file of the picture, not its original"))
        try await server.stop()
    }

    @Test("discarded: no byte of a raw file is left anywhere, beside a JPEG or alone")
    func discard() async throws {
        let temporary = try TemporaryFolder()
        let server = try BuiltServer(["TMPDIR": temporary.path])
        try await server.start()
        let batch = try await Batch.open(on: server, label: Self.label)
        // All of each picture is hidden, so that nothing of its content may be found either.
        try await server.wayside("label", "policy", Self.label, "--add-mask", "0,0 1,0 1,1 0,1")
        let (beside, late, alone, bare) = (Pair(0), Pair(1), Pair(2), Pair(3, hasPreview: false))
        _ = try await batch.send(beside.jpeg, name: beside.path("JPG"))
        let refused = try await batch.client.upload(beside.raw, name: beside.path("DNG"), to: batch.set)
        #expect(refused.status == 422)
        #expect(String(decoding: refused.body, as: UTF8.self).contains("raw_discarded"))
        _ = try await batch.send(late.raw, name: late.path("DNG"))
        _ = try await batch.send(late.jpeg, name: late.path("JPG"))
        for pair in [alone, bare] { _ = try await batch.send(pair.raw, name: pair.path("DNG")) }
        try await batch.finish()
        let folder = DataFolder(path: server.data)
        try await eventually { folder.staged().isEmpty && folder.working().isEmpty }
        let status = try await batch.status()
        #expect(status.itemsStatus.prepared == 4 && status.itemsStatus.rejected == 2)
        try await server.kill()
        try await server.start()
        try await server.stop()
        for file in folder.files().map({ "\(server.data)/\($0)" }) + [server.folder.file("log")] {
            let content = try Data(contentsOf: URL(filePath: file))
            for pair in [beside, late, alone, bare] {
                #expect(pair.marks.allSatisfy { content.range(of: $0) == nil }, "\(file)")
            }
        }
        #expect(folder.files().allSatisfy { !$0.hasPrefix("store/originals/") })
    }

    @Test("one command takes a card with both, and hostile raw files are refused with a reason")
    func importing() async throws {
        let server = try BuiltServer(), card = try TemporaryFolder()
        try await server.wayside("label", "create", Self.label, "--redaction", "none", "--confirm")
        try await server.wayside("account", "create", "boss", "--role", "admin")
        try await server.wayside("label", "originals", Self.label, "keep")
        let pair = Pair(0)
        var huge = TestDNG()
        (huge.announcedWidth, huge.announcedHeight) = (60_000, 60_000)
        for (name, data) in [
            ("A1.JPG", pair.jpeg), ("A1.DNG", pair.raw), ("B1.DNG", huge.data()), ("C1.DNG", pair.raw.prefix(1000)),
            ("D1.NEF", Data("no raw file".utf8)), ("E1.HEIC", Data("\0\0\0\u{18}ftypheic".utf8)),
        ] { try data.write(to: URL(filePath: card.file(name))) }
        let outcome = try await server.command(["import", card.path, "--label", Self.label])
        let said = outcome.output + outcome.errors
        #expect(outcome.status == 0 && said.contains("Most Compatible") && said.contains("not a raw file"), "\(said)")
        try await server.start()
        let folder = DataFolder(path: server.data)
        try await eventually { folder.staged().isEmpty && folder.working().isEmpty }
        #expect(folder.files().filter { $0.hasPrefix("store/originals/") }.count == 2)
        try await server.stop()
    }
}

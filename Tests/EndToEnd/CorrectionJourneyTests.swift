import Domain
import Foundation
import NIOHTTP1
import TestSupport
import Testing

/// A region that was missed is drawn, and is gone from everything that is served, for good.
@Suite("Correcting a picture on the built server", .serialized, .timeLimit(.minutes(10)))
struct CorrectionJourneyTests {
    private struct RedactionsDocument: Decodable, Sendable {
        struct Entry: Decodable, Sendable { let id: String, by: String }
        let isDone: Bool
        let revision: Int
        let redactions: [Entry]
    }

    private struct Scene: Sendable {
        let server: BuiltServer
        let batch: Batch
        let id: String
        let original: Data
        var client: Client { batch.client }

        func file(_ name: String) async throws -> Client.Answer { try await client.get("/api/pictures/\(id)/\(name)") }

        func pixels(_ name: String) async throws -> Pixels { try Pixels(try await file(name).body) }

        func redactions() async throws -> RedactionsDocument {
            try await client.get("/api/pictures/\(id)/redactions").decode()
        }

        func pixels(_ names: [String]) async throws -> [String: Pixels] {
            var all: [String: Pixels] = [:]
            for name in names { all[name] = try await pixels(name) }
            return all
        }

        @discardableResult
        func hide(_ bbox: [Int]) async throws -> Client.Answer {
            try await client.post("/api/pictures/\(id)/redactions", json: #"{"bbox": \#(bbox)}"#)
        }

        func untilDone() async throws {
            try await eventually(within: .seconds(120)) { try await redactions().isDone }
        }

        /// Revisions of which something is stored.
        func revisions() -> Set<String> {
            let paths = DataFolder(path: server.data).stored()
            return Set(paths.compactMap { $0.split(separator: "/").dropLast().last.map(String.init) })
        }
    }

    private func scene(panorama: Bool = false, keeping: Bool = false) async throws -> Scene {
        var jpeg = TestJPEG.drive(1)
        (jpeg.width, jpeg.height) = panorama ? (2048, 1024) : (1024, 768)
        if panorama {
            jpeg.xmp = """
                <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
                <rdf:Description rdf:about="" xmlns:GPano="http://ns.google.com/photos/1.0/panorama/" \
                GPano:ProjectionType="equirectangular"/></rdf:RDF></x:xmpmeta>
                """
        }
        let server = try BuiltServer()
        try await server.start()
        let batch = try await Batch.open(on: server)
        if keeping { try await server.wayside("label", "set", "CAM 01", "--originals", "keep", "--confirm") }
        let original = jpeg.data()
        let id = try await batch.send(original, name: "G0000001.JPG")
        try await batch.finish()
        return Scene(server: server, batch: batch, id: id, original: original)
    }

    private static let flatFiles = ["hd.jpg", "sd.jpg", "thumb.jpg"]

    private func part(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double) -> Polygon.Bounds {
        Polygon.Bounds(left: left, top: top, right: right, bottom: bottom)
    }

    @Test("a drawn region is gone in hd, sd and thumb, the old files are dead, and it stays gone after another run")
    func flat() async throws {
        let scene = try await scene()
        let before = try await scene.file("hd.jpg")
        let tag = try #require(before.headers.first(name: "etag"))
        let old = try Pixels(before.body)
        let whole = try await scene.pixels(Self.flatFiles)
        let inside = part(0.3, 0.3, 0.6, 0.6)
        #expect(try await scene.hide([300, 220, 330, 260]).status == 202)
        // From this answer on nobody gets the old bytes: not there, or other ones already.
        for name in Self.flatFiles {
            let now = try await scene.client.get(
                "/api/pictures/\(scene.id)/\(name)", headers: ["If-None-Match": tag])
            #expect(now.status == 404 || (now.status == 200 && now.headers.first(name: "etag") != tag), "\(name)")
        }
        try await scene.untilDone()
        try await eventually { scene.revisions() == ["2"] }
        for preset in ["", "fast", "thorough"] {
            if !preset.isEmpty {
                let said = try await scene.server.wayside("redact", "--picture", scene.id, "--preset", preset)
                #expect(said.contains("without the original"))
                #expect(said.contains("Done."))
            }
            for name in Self.flatFiles {
                let pixels = try await scene.pixels(name)
                #expect(pixels.hides(inside, of: whole[name]), "\(name) after a run with \(preset)")
            }
            // A run may find more to hide in such a mosaic; the drawing alone touches nothing else.
            guard preset.isEmpty else { continue }
            let hd = try await scene.pixels("hd.jpg")
            #expect(hd.differences(from: old, in: part(0, 0, 0.28, 1)) == 0)
            #expect(hd.differences(from: old, in: part(0.65, 0, 1, 1)) == 0)
        }
        #expect(try await scene.redactions().revision == 4)
        try await eventually { scene.revisions() == ["4"] }
        #expect(DataFolder(path: scene.server.data).staged().isEmpty)
    }

    @Test("a region across the seam of a panorama is gone on both sides of it, in every file and tile")
    func panorama() async throws {
        let scene = try await scene(panorama: true)
        let tiles = ["tiled/3_0.jpg", "tiled/3_1.jpg", "tiled/0_0.jpg", "tiled/0_1.jpg"]
        let whole = try await scene.pixels(Self.flatFiles + tiles)
        try await scene.hide([1960, 420, 180, 190])
        try await scene.hide([940, 430, 170, 170])
        try await scene.untilDone()
        let (right, left, middle) = (
            part(0.965, 0.43, 0.995, 0.57), part(0.005, 0.43, 0.04, 0.57), part(0.47, 0.44, 0.53, 0.56)
        )
        let now = try await scene.pixels(Self.flatFiles + tiles)
        for name in ["hd.jpg", "sd.jpg"] {
            for area in [right, left, middle] {
                #expect(now[name]?.hides(area, of: whole[name]) == true, "\(name) \(area)")
            }
        }
        // Tiles of 512 pixels; the seam lies between the last column and the first, the region across two rows.
        for name in tiles {
            let columns = name.contains("/3_") ? (0.86, 0.98) : (0.02, 0.14)
            let rows = name.contains("_0.") ? (0.86, 0.98) : (0.02, 0.14)
            let area = part(columns.0, rows.0, columns.1, rows.1)
            #expect(now[name]?.hides(area, of: whole[name]) == true, "\(name)")
        }
        #expect(now["thumb.jpg"]?.hides(part(0.35, 0.3, 0.6, 0.65), of: whole["thumb.jpg"]) == true)
    }

    @Test("with the original sent again one region is shown, the other stays hidden, and the original is gone")
    func shownAgain() async throws {
        let scene = try await scene()
        try await scene.hide([100, 100, 200, 200])
        try await scene.hide([600, 400, 200, 200])
        try await scene.untilDone()
        let first = try #require(try await scene.redactions().redactions.first)
        let path = "/api/pictures/\(scene.id)/redactions/\(first.id)"
        let refused = try await scene.client.send("DELETE", path)
        #expect(refused.status == 409)
        #expect(try refused.decode(ProblemDocument.self).message?.contains("was not kept") == true)
        let other = try await scene.client.send("POST", "\(path)/removal", body: TestJPEG.drive(2).data())
        #expect(other.status == 422)
        let taken = try await scene.client.send("POST", "\(path)/removal", body: scene.original)
        #expect(taken.status == 202)
        try await scene.untilDone()
        let hd = try await scene.pixels("hd.jpg"), original = try Pixels(scene.original)
        #expect(hd.differences(from: original, in: part(0.05, 0.1, 0.35, 0.4)) == 0)
        #expect(hd.hides(part(0.6, 0.55, 0.77, 0.77), of: original))
        try await eventually { DataFolder(path: scene.server.data).staged().isEmpty }
        #expect(try await scene.redactions().redactions.count == 1)
    }

    @Test("a kept original shows again what was hidden, and a run uses it, replaying what was drawn")
    func kept() async throws {
        let scene = try await scene(keeping: true)
        try await scene.hide([100, 100, 200, 200])
        try await scene.hide([600, 400, 200, 200])
        try await scene.untilDone()
        let said = try await scene.server.wayside("redact", "--picture", scene.id, "--preset", "fast")
        #expect(!said.contains("without the original"))
        let original = try Pixels(scene.original), both = try await scene.pixels("hd.jpg")
        let (first, second) = (part(0.1, 0.14, 0.28, 0.37), part(0.6, 0.55, 0.77, 0.77))
        #expect(both.hides(first, of: original) && both.hides(second, of: original))
        let id = try #require(try await scene.redactions().redactions.first { $0.by == "person" }).id
        let answer = try await scene.client.send("DELETE", "/api/pictures/\(scene.id)/redactions/\(id)")
        #expect(answer.status == 202)
        try await scene.untilDone()
        let one = try await scene.pixels("hd.jpg")
        #expect(one.differences(from: original, in: first) == 0)
        #expect(one.hides(second, of: original))
    }

    @Test("kill −9 in the middle: the region is never shown again, and nothing old is left")
    func killed() async throws {
        let scene = try await scene()
        let whole = try await scene.pixels(Self.flatFiles), inside = part(0.32, 0.32, 0.58, 0.58)
        for round in 1...4 {
            let answer = try await scene.hide([300 + round, 220, 330, 260])
            #expect(answer.status == 202)
            // The moment of the kill, not a wait for something: any will do, so each run tries others.
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...500)))
            try await scene.server.kill()
            try await scene.server.start()
            let now = try await scene.file("hd.jpg")
            if now.status == 200 {
                #expect(try Pixels(now.body).hides(inside, of: whole["hd.jpg"]), "round \(round)")
            } else {
                #expect(now.status == 404)
            }
        }
        try await scene.untilDone()
        for name in Self.flatFiles {
            #expect(try await scene.pixels(name).hides(inside, of: whole[name]), "\(name)")
        }
        let revision = try await scene.redactions().revision
        try await eventually { scene.revisions() == ["\(revision)"] }
        #expect(DataFolder(path: scene.server.data).stored().count == 3)
        #expect(DataFolder(path: scene.server.data).working().isEmpty)
    }

    @Test("a whole sequence is looked through again beside a server, interrupted by kill −9, and comes to its end")
    func sequence() async throws {
        let server = try BuiltServer()
        try await server.start()
        let batch = try await Batch.open(on: server)
        for index in 0..<8 {
            var jpeg = TestJPEG.drive(index)
            (jpeg.width, jpeg.height) = (640, 480)
            _ = try await batch.send(jpeg.data(), name: "G\(index).JPG")
        }
        try await batch.finish()
        let sequence = try #require(try await batch.status().associatedCollections.first).id
        let said = try await server.wayside("redact", "--sequence", sequence, "--preset", "fast", "--no-wait")
        #expect(said.contains("8 pictures"))
        try await Task.sleep(for: .milliseconds(Int.random(in: 100...600)))
        try await server.kill()
        try await server.start()
        struct Progress: Decodable { let waiting: Int }
        try await eventually(within: .seconds(120)) {
            try await batch.client.get("/api/collections/\(sequence)/redact").decode(Progress.self).waiting == 0
        }
        let status = try await batch.status()
        #expect(status.itemsStatus.prepared == 8)
        let folder = DataFolder(path: server.data)
        try await eventually { folder.stored().count == 24 && folder.stored().allSatisfy { $0.contains("/2/") } }
        #expect(try await server.command(["redact"]).status != 0)
        let nothing = try await server.command(["redact", "--sequence", SequenceID().string])
        #expect(nothing.status != 0 && nothing.errors.contains("no such sequence"))
    }
}

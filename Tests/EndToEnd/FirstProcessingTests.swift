import Crypto
import Domain
import Foundation
import TestSupport
import Testing

/// A camera that hangs upside down in a corner of its housing: what is shown is turned, cut out and written on, and the
/// newest is on a public page.
@Suite("First processing and hotlinks on the built server", .serialized, .timeLimit(.minutes(10)))
struct FirstProcessingTests {
    private struct ItemDocument: Decodable, Sendable {
        struct Properties: Decodable, Sendable {
            struct Interior: Decodable, Sendable { let sensorArrayDimensions: [Int] }
            let interior: Interior
            enum CodingKeys: String, CodingKey { case interior = "pers:interiorOrientation" }
        }
        let properties: Properties
    }

    private struct RedactionsDocument: Decodable, Sendable { let isDone: Bool, revision: Int }

    /// Detail everywhere, as squares of 8 × 8 pixels.
    private func original(_ index: Int) -> Data {
        var jpeg = TestJPEG.drive(index)
        (jpeg.width, jpeg.height) = (1024, 768)
        return jpeg.data()
    }

    private func part(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Polygon.Bounds {
        Polygon.Bounds(left: x, top: y, right: x + width, bottom: y + height)
    }

    /// The brightness of a square of the original in the middle of it, and of the same place where it is shown.
    private func agrees(_ shown: Pixels, _ whole: Pixels, _ map: PlaneMap) -> Bool {
        [(0.1, 0.1), (0.9, 0.2), (0.5, 0.5), (0.2, 0.85), (0.93, 0.9)].allSatisfy { across, down in
            let column = Int(across * 128), row = Int(down * 96)
            let from = Polygon.Point(x: Double(column) * 8 + 4, y: Double(row) * 8 + 4), to = map(from)
            guard to.x > 8, to.y > 8, to.x < Double(shown.width) - 8, to.y < Double(shown.height) - 8 else {
                return true
            }
            return abs(shown.luma(Int(to.x), Int(to.y)) - whole.luma(Int(from.x), Int(from.y))) < 12
        }
    }

    @Test("a crop has exactly its size in every file, the original is unchanged, and corrections stay where they are")
    func journey() async throws {
        let server = try BuiltServer()
        try await server.start()
        let batch = try await Batch.open(on: server)
        try await server.wayside(
            "label", "set", "CAM 01", "--originals", "keep", "--rotation", "180", "--crop", "200,100,640,480")
        let bytes = original(1), id = try await batch.send(bytes, name: "G1.JPG")
        try await batch.finish()
        let client = batch.client
        let file = { (name: String) in try Pixels(try await client.get("/api/pictures/\(id)/\(name)").body) }

        let whole = try Pixels(bytes), hd = try await file("hd.jpg")
        #expect((hd.width, hd.height) == (640, 480))
        // Turned by half: what was at (x, y) is at (1024 − x − 200, 768 − y − 100).
        #expect(agrees(hd, whole, PlaneMap(a: -1, d: -1, e: 824, f: 668)))
        let sd = try await file("sd.jpg"), thumb = try await file("thumb.jpg")
        #expect((sd.width, sd.height) == (640, 480) && (thumb.width, thumb.height) == (500, 375))
        let item = try await client.get("/api/pictures/\(id)").decode(ItemDocument.self)
        #expect(item.properties.interior.sensorArrayDimensions == [640, 480])
        let kept = try await client.get("/api/pictures/\(id)/original")
        #expect(kept.status == 200 && SHA256.hash(data: kept.body) == SHA256.hash(data: bytes))

        // Drawn on what is shown, hidden there; and there still after a run from the original.
        let drawn = part(0.5, 0.25, 0.25, 0.25)
        _ = try await client.post("/api/pictures/\(id)/redactions", json: #"{"bbox":[320,120,160,120]}"#)
        let isDone = { try await client.get("/api/pictures/\(id)/redactions").decode(RedactionsDocument.self).isDone }
        try await eventually(within: .seconds(100)) { try await isDone() }
        #expect(try await file("hd.jpg").hides(drawn, of: hd))
        try await server.wayside("redact", "--picture", id, "--preset", "fast")
        let again = try await file("hd.jpg")
        #expect((again.width, again.height) == (640, 480) && again.hides(drawn, of: hd))
        #expect(agrees(again, whole, PlaneMap(a: -1, d: -1, e: 824, f: 668)) || again.hides(drawn, of: hd))

        // Another part, for what comes; then for what is here, and the drawing goes along.
        try await server.wayside("label", "set", "CAM 01", "--crop", "300,150,512,400")
        #expect(try await file("hd.jpg").width == 640)
        let said = try await server.command(["label", "process", "CAM 01"])
        #expect(said.status == 0 && said.errors.contains("1 picture"))
        try await eventually(within: .seconds(100)) { try await file("hd.jpg").width == 512 }
        let moved = try await file("hd.jpg")
        #expect((moved.width, moved.height) == (512, 400))
        let small = moved.edges(part(230.0 / 512, 80.0 / 400, 140.0 / 512, 100.0 / 400))
        let around = moved.edges(part(20.0 / 512, 200.0 / 400, 140.0 / 512, 100.0 / 400))
        #expect(small * 3 < around, "\(small) \(around)")
        let last = try await client.get("/api/pictures/\(id)/original")
        #expect(SHA256.hash(data: last.body) == SHA256.hash(data: bytes))
        #expect(try await server.stop() == 0)
    }

    @Test("everybody sees the newest at its size, and another at once when it is hidden; what does not fit says why")
    func hotlink() async throws {
        let server = try BuiltServer()
        try await server.start()
        let batch = try await Batch.open(on: server), guest = Client(server)
        let address = "/hotlink/CAM%2001/640x480.jpg"
        #expect(try await guest.get(address).status == 404)
        try await server.wayside("label", "hotlink", "CAM 01", "on", "--confirm")
        let placeholder = try await guest.get(address)
        let drawing = try Pixels(placeholder.body)
        #expect(placeholder.status == 200 && (drawing.width, drawing.height) == (640, 480))
        try await server.wayside(
            "label", "set", "CAM 01", "--legend", "label,time", "--legend-text", "Été", "--legend-on", "hotlink")
        _ = try await batch.send(original(1), name: "G1.JPG")
        let newest = try await batch.send(original(2), name: "G2.JPG")
        try await batch.finish()

        let first = try await guest.get(address)
        let tag = try #require(first.headers.first(name: "etag"))
        #expect(first.status == 200 && first.headers.first(name: "cache-control") == "no-cache")
        let shown = try Pixels(first.body),
            hd = try Pixels(try await batch.client.get("/api/pictures/\(newest)/hd.jpg").body)
        #expect((shown.width, shown.height) == (640, 480))
        // Written on in its corner, and only there.
        #expect(shown.edges(part(0.02, 0.93, 0.3, 0.05)) > 60)
        for (x, y) in [(100, 100), (400, 300), (600, 100)] {
            #expect(abs(shown.luma(x, y) - hd.luma(x * 8 / 5, y * 8 / 5)) < 40)
        }
        #expect(try await guest.send("GET", address, headers: ["If-None-Match": tag]).status == 304)
        #expect(try await guest.send("HEAD", address).status == 200)
        for path in ["/hotlink/CAM%2001/640x481.jpg", "/hotlink/CAM%2002/640x480.jpg"] {
            #expect(try await guest.get(path).status == 404)
        }

        let sequence = try #require(try await batch.status().associatedCollections.first?.id)
        let hidden = try await batch.client.send(
            "PATCH", "/api/collections/\(sequence)/items/\(newest)", headers: ["Content-Type": "application/json"],
            body: Data(#"{"visibility":"owner-only"}"#.utf8))
        #expect(hidden.status == 200)
        let second = try await guest.send("GET", address, headers: ["If-None-Match": tag])
        #expect(second.status == 200 && second.headers.first(name: "etag") != tag)
        #expect(second.body != placeholder.body)
        try await server.wayside("label", "hotlink", "CAM 01", "off")
        #expect(try await guest.get(address).status == 404)
        #expect(try await server.stop() == 0)
    }
}

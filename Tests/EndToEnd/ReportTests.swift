import Domain
import Foundation
import NIOHTTP1
import TestSupport
import Testing

/// Line 5 of what privacy must show: after a report everything of the picture is gone for others, at once.
@Suite("Reports on the built server", .serialized, .timeLimit(.minutes(5)))
struct ReportTests {
    /// A drive of four pictures and a panorama, its driver, and somebody who may look.
    private struct Scene {
        let placed: PlacedServer
        let server: BuiltServer
        let batch: Batch
        let watcher: Client
        let ids: [String]
        let sequence: String

        init(_ place: Place = .folder) async throws {
            placed = try await place.server()
            server = placed.server
            try await server.start()
            batch = try await Batch.open(on: server)
            try await server.wayside("account", "create", "watcher", "--role", "viewer")
            try await server.wayside("label", "grant", "CAM 01", "watcher")
            watcher = Client(server, token: try await server.wayside("token", "create", "watcher"))
            var ids: [String] = []
            for index in 0..<5 {
                ids.append(try await batch.send(Self.picture(index).data(), name: "\(index).jpg"))
            }
            try await batch.finish()
            self.ids = ids
            sequence = try #require(try await batch.status().associatedCollections.first?.id)
        }

        /// The middle one is a panorama with tiles.
        private static func picture(_ index: Int) -> TestJPEG {
            var jpeg = TestJPEG.drive(index, from: GeoPoint(longitude: 2.3522, latitude: 48.8566))
            guard index == 2 else { return jpeg }
            (jpeg.width, jpeg.height) = (1_024, 512)
            jpeg.xmp = """
                <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                <rdf:Description xmlns:GPano="http://ns.google.com/photos/1.0/panorama/"
                GPano:ProjectionType="equirectangular"/></rdf:RDF></x:xmpmeta>
                """
            return jpeg
        }

        func addresses(of id: String) -> [String] {
            [
                "/api/pictures/\(id)", "/api/pictures/\(id)/hd.jpg", "/api/pictures/\(id)/sd.jpg",
                "/api/pictures/\(id)/thumb.jpg", "/api/collections/\(sequence)/items/\(id)",
            ]
        }

        /// What may name a picture, or count it.
        var lists: [String] {
            [
                "/api/search", "/api/search?bbox=2,48,3,49", "/api/collections", "/api/collections/\(sequence)",
                "/api/collections/\(sequence)/items", "/sequences/\(sequence)", "/api/map/15/16598/11273.mvt",
                "/api/map/14/8299/5636.mvt", "/api/map/4/8/5.mvt",
            ]
        }

        @discardableResult
        func report(_ json: String) async throws -> String {
            struct Made: Decodable { let id: String }
            let answer = try await watcher.post("/api/reports", json: json)
            #expect(answer.status == 201, "\(answer.text)")
            return try answer.decode(Made.self).id
        }

        func stored(_ id: String) async throws -> [String] { try await placed.objects().filter { $0.contains(id) } }
    }

    @Test(
        "everything of a reported picture is gone at once, a 304 and an old link to the store included",
        arguments: Place.allCases)
    func picture(place: Place) async throws {
        let scene = try await Scene(place)
        for id in [scene.ids[1], scene.ids[2]] {
            try await hide(id, hasTiles: id == scene.ids[2], in: scene)
        }
    }

    private func hide(_ id: String, hasTiles: Bool, in scene: Scene) async throws {
        var addresses = scene.addresses(of: id)
        if hasTiles { addresses.append("/api/pictures/\(id)/tiled/0_0.jpg") }
        var tags: [String: String] = [:]
        for path in addresses + scene.lists {
            let answer = try await scene.watcher.get(path)
            #expect(answer.status == 200, "\(path)")
            tags[path] = answer.headers.first(name: "ETag")
        }
        for path in ["/api/search", "/api/map/15/16598/11273.mvt"] {
            #expect(try await scene.watcher.get(path).text.contains(id), "\(path)")
        }
        let links = try await scene.stored(id)
        #expect(links.allSatisfy { $0.contains("\(id)/1/") } && links.count >= 3)

        let start = ContinuousClock.now
        try await scene.report(#"{"issue": "privacy", "picture_id": "\#(id)"}"#)
        let reported = ContinuousClock.now - start
        // The first question after the answer, with no patience at all.
        for path in addresses { #expect(try await scene.watcher.get(path).status == 404, "\(path)") }
        let gone = ContinuousClock.now - start
        // Each look at the store comes with a question, which a busy machine delays as it delays the renaming.
        try await eventually(within: .seconds(1), orAsks: 50) {
            let status = try await scene.watcher.get("/api/pictures/\(id)/hd.jpg").status
            let now = try await scene.stored(id)
            return status == 404 && now.count == links.count && now.allSatisfy { $0.contains("\(id)/2/") }
        }
        print("reported in \(reported), \(addresses.count) addresses gone by \(gone), \(links.count) files renamed")
        for path in addresses {
            guard let tag = tags[path] else { continue }
            #expect(try await scene.watcher.get(path, headers: ["If-None-Match": tag]).status == 404, "\(path)")
        }
        for path in scene.lists {
            let answer = try await scene.watcher.get(path, headers: tags[path].map { ["If-None-Match": $0] } ?? [:])
            #expect(answer.status == 200, "\(path)")
            #expect(!answer.text.contains(id), "\(path)")
        }
        #expect(try await Set(scene.stored(id)).isDisjoint(with: links))

        // Its owner sees it, told that it is hidden, with the bytes from their new place.
        let own = try await scene.batch.client.get("/api/pictures/\(id)")
        #expect(own.text.contains(#""geovisio:status":"hidden""#))
        #expect(try await scene.batch.client.get("/api/pictures/\(id)/hd.jpg").status == 200)
    }

    @Test("what a privacy report is about is shown again once its owner has hidden it, with other bytes")
    func redacted() async throws {
        let scene = try await Scene()
        let (id, owner) = (scene.ids[1], scene.batch.client)
        let file = "/api/pictures/\(id)/hd.jpg"
        let before = try await scene.watcher.get(file)
        let report = try await scene.report(#"{"issue": "privacy", "picture_id": "\#(id)"}"#)
        func close() async throws -> Int {
            let json = Data(#"{"status": "closed_solved"}"#.utf8)
            return try await owner.send("PATCH", "/api/reports/\(report)", body: json).status
        }
        #expect(try await close() == 409)
        let drawn = try await owner.post("/api/pictures/\(id)/redactions", json: #"{"bbox": [20, 20, 120, 120]}"#)
        #expect(drawn.status == 202, "\(drawn.text)")
        // Owed is not done.
        try await eventually { try await owner.get(file).status == 200 }
        #expect(try await scene.watcher.get(file).status == 404)
        #expect(try await close() == 200)
        let after = try await scene.watcher.get(file)
        #expect(after.status == 200)
        #expect(after.body != before.body)
        #expect(after.headers.first(name: "ETag") != before.headers.first(name: "ETag"))
    }

    @Test("a report on a trip hides all of it, and stays after a kill −9 in the same moment", arguments: Place.some)
    func sequence(place: Place) async throws {
        let scene = try await Scene(place)
        try await scene.report(#"{"issue": "copyright", "sequence_id": "\#(scene.sequence)"}"#)
        try await scene.server.kill()
        try await scene.server.start()
        for id in scene.ids {
            for path in scene.addresses(of: id) { #expect(try await scene.watcher.get(path).status == 404, "\(path)") }
        }
        for path in ["", "/items", "/thumb.jpg"] {
            #expect(try await scene.watcher.get("/api/collections/\(scene.sequence)\(path)").status == 404, "\(path)")
        }
        let text = try await scene.watcher.get("/api/search").text + scene.watcher.get("/api/collections").text
        #expect(!text.contains(scene.sequence) && !scene.ids.contains { text.contains($0) })
        try await eventually {
            let objects = try await scene.placed.objects()
            return scene.ids.allSatisfy { id in
                objects.filter { $0.contains(id) }.allSatisfy { $0.contains("\(id)/2/") }
            }
        }
        for id in scene.ids {
            #expect(try await scene.batch.client.get("/api/pictures/\(id)/thumb.jpg").status == 200)
        }
    }
}

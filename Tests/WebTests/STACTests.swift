import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("STAC")
struct STACTests {
    private struct Scene: Sendable {
        let server: TestServer
        let token: String
        let pictures: [PictureID]
        let sequence: SequenceID
    }

    /// `count` pictures eastwards along a parallel, one second and 0.001° apart.
    private func scene(_ count: Int) async throws -> Scene {
        let server = try await TestServer()
        let label = try await server.test.addLabel("Cam 1")
        let anna = try await server.test.addAccount("anna", .field, grants: [label])
        let pictures = (0..<count).map { index in
            TestPicture(
                "P\(index).JPG", at: GeoPoint(longitude: 2.3 + Double(index) * 0.001, latitude: 48.85),
                capturedAt: TestCatalogue.epoch.addingTimeInterval(Double(index)))
        }
        let added = try await server.test.addPreparedPictures(pictures, by: anna, label: label)
        let sequence = try await server.test.catalogue.pictures.find(added.pictures[0], viewer: .system)?.sequenceID
        return Scene(
            server: server, token: try await server.token(of: anna), pictures: added.pictures,
            sequence: try #require(sequence))
    }

    @Test("25 asked for in pages of 10 are 25, by GET")
    func searchPagesGet() async throws {
        let scene = try await scene(25)
        try await scene.server.run { asker in
            var ids: [String] = []
            var next: String? = "/api/search?limit=10&bbox=2,48,3,49&datetime=2026-06-01T00:00:00Z/.."
            var pages = 0
            while let uri = next {
                let page = try await asker.get(uri, token: scene.token)
                #expect(page.code == 200)
                ids += page.ids(of: "features")
                next = page.target("next")
                pages += 1
            }
            #expect(pages == 3)
            #expect(ids.count == 25)
            #expect(Set(ids) == Set(scene.pictures.map(\.string)))
        }
    }

    @Test("25 asked for in pages of 10 are 25, by POST")
    func searchPagesPost() async throws {
        let scene = try await scene(25)
        try await scene.server.run { asker in
            var ids: [String] = []
            var body: String? = #"{"limit":10,"collections":["\#(scene.sequence)"]}"#
            while let json = body {
                let page = try await asker.post("/api/search", json: json, token: scene.token)
                ids += page.ids(of: "features")
                let link = page.links("next").first
                #expect(link == nil || link?["method"] as? String == "POST")
                body = try link?["body"].map {
                    String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self)
                }
            }
            #expect(ids.count == 25)
            #expect(Set(ids) == Set(scene.pictures.map(\.string)))
        }
    }

    @Test(
        "a search finds what lies in it",
        arguments: [
            (#"{"bbox":[2.2995,48.8,2.3025,48.9]}"#, 0..<3),
            (#"{"bbox":[2.2995,48.8,-10,2.3025,48.9,500]}"#, 0..<3),
            (#"{"bbox":[170,48.8,2.3005,48.9]}"#, 0..<1),
            (#"{"datetime":"2026-06-01T10:00:02Z"}"#, 2..<3),
            (#"{"datetime":"2026-06-01T12:00:01+02:00/2026-06-01T10:00:02Z"}"#, 1..<3),
            (#"{"datetime":"../2026-06-01T10:00:01Z"}"#, 0..<2), (#"{"datetime":"/2026-06-01T10:00:01Z"}"#, 0..<2),
            (#"{"datetime":"2026-06-01T10:00:04z/"}"#, 4..<6),
            (#"{"intersects":{"type":"Point","coordinates":[2.3,48.85]}}"#, 0..<1),
            (
                #"{"intersects":{"type":"Polygon","coordinates":[[[2.2,48.8],[2.3015,48.8],[2.3015,48.9],[2.2,48.8]]]}}"#,
                0..<2
            ),
            (
                #"{"intersects":{"type":"Polygon","coordinates":[[[2.2,48],[2.4,48],[2.4,49],[2.2,49],[2.2,48]],[[2.3005,48.8],[2.31,48.8],[2.31,48.9],[2.3005,48.9],[2.3005,48.8]]]}}"#,
                0..<1
            ),
            (#"{"intersects":"{\"type\":\"Point\",\"coordinates\":[2.3,48.85]}"}"#, 0..<1),
            (#"{"collections":["no-such"]}"#, 0..<0), (#"{"ids":["00000000-0000-4000-8000-000000000000"]}"#, 0..<0),
            (#"{"limit":100000}"#, 0..<6), (#"{"limit":null,"bbox":null}"#, 0..<6),
        ])
    func finds(body: String, expected: Range<Int>) async throws {
        let scene = try await scene(6)
        let answer = try await scene.server.run { try await $0.post("/api/search", json: body, token: scene.token) }
        #expect(answer.code == 200, "\(answer.text)")
        #expect(Set(answer.ids(of: "features")) == Set(scene.pictures[expected].map(\.string)))
    }

    @Test("several ids give exactly those")
    func byIDs() async throws {
        let scene = try await scene(4)
        let ids = [scene.pictures[1].string, scene.pictures[3].string]
        let answer = try await scene.server.run {
            try await $0.get("/api/search?ids=\(ids.joined(separator: ","))", token: scene.token)
        }
        #expect(Set(answer.ids(of: "features")) == Set(ids))
    }

    @Test(
        "a search that makes no sense is 400 with a reason",
        arguments: [
            "bbox=1,2,3", "bbox=a,b,c,d", "bbox=%5B1,2,3,4%5D", "bbox=1,50,2,40", "bbox=200,1,2,3", "datetime=2026",
            "datetime=2026-06-01", "datetime=2026-06-01T10:00:00", "datetime=../..", "datetime=/",
            "datetime=2026-06-01T10:00:00,5Z", "datetime=2026-06-02T10:00:00Z/2026-06-01T10:00:00Z",
            "datetime=2026-02-30T10:00:00Z", "limit=0", "limit=-1", "limit=x", "page=forged", "colour=red",
            "intersects=%7B%7D",
            "bbox=1,2,3,4&intersects=%7B%22type%22%3A%22Point%22%2C%22coordinates%22%3A%5B1,2%5D%7D",
        ])
    func nonsense(query: String) async throws {
        let scene = try await scene(1)
        let answer = try await scene.server.run { try await $0.get("/api/search?\(query)", token: scene.token) }
        #expect(answer.code == 400)
        #expect(answer.string("code") == "invalid")
        #expect(answer.string("description")?.isEmpty == false)
    }

    @Test("the pages of a collection follow one another by rank")
    func itemPages() async throws {
        let scene = try await scene(7)
        try await scene.server.run { asker in
            var ids: [String] = []
            var next: String? = "/api/collections/\(scene.sequence)/items?limit=3"
            while let uri = next {
                let page = try await asker.get(uri, token: scene.token)
                #expect(page.value("numberMatched") as? Int == 7)
                ids += page.ids(of: "features")
                next = page.target("next")
            }
            #expect(ids == scene.pictures.map(\.string))
            let holding = try await asker.get(
                "/api/collections/\(scene.sequence)/items?limit=3&withPicture=\(scene.pictures[4])", token: scene.token)
            #expect(holding.ids(of: "features") == scene.pictures[3..<6].map(\.string))
            #expect(holding.target("prev") != nil)
            let boxed = try await asker.get(
                "/api/collections/\(scene.sequence)/items?bbox=2.2995,48,2.3015,49", token: scene.token)
            #expect(Set(boxed.ids(of: "features")) == Set(scene.pictures[0..<2].map(\.string)))
            let named = try await asker.get(
                "/api/collections/\(scene.sequence)/items?collections=\(scene.sequence)", token: scene.token)
            #expect(named.ids(of: "features") == scene.pictures.map(\.string))
            let other = try await asker.get(
                "/api/collections/\(scene.sequence)/items?collections=\(SequenceID())", token: scene.token)
            #expect(other.ids(of: "features") == [])
            let unknown = try await asker.get(
                "/api/collections/\(scene.sequence)/items?colour=red", token: scene.token)
            #expect(unknown.code == 400)
        }
    }

    @Test("an item names its neighbours, its files and where it belongs, in links that are URLs")
    func item() async throws {
        let scene = try await scene(3)
        let answer = try await scene.server.run {
            try await $0.get("/api/pictures/\(scene.pictures[1])", token: scene.token)
        }
        #expect(answer.headers[.contentType] == "application/geo+json; charset=utf-8")
        #expect(answer.string("stac_version") == "1.1.0")
        #expect(answer.string("collection") == scene.sequence.string)
        #expect(answer.links("prev").first?["id"] as? String == scene.pictures[0].string)
        #expect(answer.links("next").first?["id"] as? String == scene.pictures[2].string)
        #expect(answer.string("properties", "datetime") == "2026-06-01T10:00:01Z")
        #expect(answer.string("properties", "datetimetz") == "2026-06-01T12:00:01+02:00")
        #expect(answer.value("properties", "view:azimuth") as? Double == 90)
        #expect(answer.string("properties", "geovisio:status") == "ready")
        #expect(answer.string("properties", "original_file:name") == "P1.JPG")
        #expect(answer.string("properties", "exif", "Exif.Photo.FNumber") == "28/10")
        #expect(answer.value("assets", "hd", "file:size") as? Int == 900_000)
        #expect(answer.string("providers", "0", "name") == "anna")
        let hrefs = (answer.value("links") as? [[String: Any]] ?? []).compactMap { $0["href"] as? String }
        #expect(hrefs.allSatisfy { $0.hasPrefix("http://localhost/") && !$0.contains("{") && URL(string: $0) != nil })
        for rel in ["self", "root", "parent", "collection"] { #expect(answer.links(rel).count == 1, "\(rel)") }
    }

    @Test("a panorama tells how its tiles lie")
    func tiles() async throws {
        let street = try await Street(.viewerIn)
        let answer = try await street.server.run {
            try await $0.get("/api/pictures/\(street.picture)", token: street.token)
        }
        let matrix =
            answer.value("properties", "tiles:tile_matrix_sets", "geovisio", "tileMatrix", "0") as? [String: Any]
        #expect(matrix?["matrixWidth"] as? Int == 8)
        #expect(matrix?["matrixHeight"] as? Int == 4)
        #expect(matrix?["tileWidth"] as? Int == 720)
        #expect(answer.string("asset_templates", "tiles", "href")?.hasSuffix("/tiled/{TileCol}_{TileRow}.jpg") == true)
    }

    @Test("a picture that is not ready is shown with its status to its owner, and to nobody else")
    func notReady() async throws {
        let server = try await TestServer()
        let label = try await server.test.addLabel("Cam 1")
        let anna = try await server.test.addAccount("anna", .field, grants: [label])
        let bert = try await server.test.addAccount("bert", .viewer, grants: [label])
        let broken = try await server.test.addBrokenPicture(by: anna, label: label, reason: "It is cut off.")
        let (mine, other) = (try await server.token(of: anna), try await server.token(of: bert))
        try await server.run { asker in
            let answer = try await asker.get("/api/pictures/\(broken)", token: mine)
            #expect(answer.code == 200)
            #expect(answer.string("properties", "geovisio:status") == "broken")
            #expect(answer.string("properties", "wayside:broken_reason") == "It is cut off.")
            #expect(try await asker.get("/api/pictures/\(broken)", token: other).code == 404)
            #expect(try await asker.get("/api/pictures/\(broken)/thumb.jpg", token: mine).code == 404)
            #expect(try await asker.get("/api/search", token: mine).ids(of: "features").isEmpty)
        }
    }

    @Test("the landing page tells what the server can do and nothing of what it holds")
    func landing() async throws {
        let scene = try await scene(2)
        let answer = try await scene.server.run { try await $0.get("/api") }
        #expect(answer.code == 200)
        #expect(answer.value("extent") == nil)
        for rel in ["self", "root", "conformance", "user-search", "report"] {
            #expect(answer.links(rel).count == 1, "\(rel)")
        }
        #expect(
            answer.links("data").compactMap { $0["type"] as? String } == ["application/json", "application/rss+xml"])
        for rel in ["xyz", "user-xyz", "user-xyz-style", "collection-preview", "item-preview"] {
            let link = try #require(answer.links(rel).first)
            #expect(link["templated"] as? Bool == true && (link["href"] as? String)?.contains("{") == true, "\(rel)")
        }
        #expect(Set(answer.links("search").compactMap { $0["method"] as? String }) == ["GET", "POST"])
        let conformance = try await scene.server.run { try await $0.get("/api/conformance/") }
        #expect(conformance.value("conformsTo") as? [String] == answer.value("conformsTo") as? [String])
    }

    @Test("collections come newest first, in pages, with what is in them")
    func collections() async throws {
        let server = try await TestServer()
        let label = try await server.test.addLabel("Cam 1")
        let anna = try await server.test.addAccount("anna", .field, grants: [label])
        for day in 0..<5 {
            let moment = TestCatalogue.epoch.addingTimeInterval(Double(day) * 86_400)
            try await server.test.addPreparedPicture(TestPicture("P.JPG", capturedAt: moment), by: anna, label: label)
        }
        let token = try await server.token(of: anna)
        try await server.run { asker in
            var times: [String] = []
            var next: String? = "/api/collections?limit=2"
            while let uri = next {
                let page = try await asker.get(uri, token: token)
                for collection in page.value("collections") as? [[String: Any]] ?? [] {
                    let extent = collection["extent"] as? [String: [String: [[Any]]]]
                    times.append(extent?["temporal"]?["interval"]?[0][0] as? String ?? "")
                    #expect((collection["stats:items"] as? [String: Int])?["count"] == 1)
                }
                next = page.target("next")
            }
            #expect(times == (1...5).reversed().map { "2026-06-0\($0)T10:00:00Z" })
        }
    }

    @Test("a path works with a slash at its end, and a wrong method names the right ones")
    func slashesAndMethods() async throws {
        let scene = try await scene(1)
        try await scene.server.run { asker in
            #expect(try await asker.get("/api/collections/", token: scene.token).code == 200)
            #expect(try await asker.get("/api/", token: scene.token).code == 200)
            let wrong = try await asker.send(.put, "/api/collections", token: scene.token)
            #expect(wrong.code == 405)
            #expect(wrong.headers[.allow] == "GET, HEAD, POST")
            #expect(try await asker.get("/api/no-such-thing", token: scene.token).code == 404)
            let live = try await asker.send(.head, "/api/live")
            #expect(live.code == 200)
            #expect(live.bytes.isEmpty)
        }
    }

    @Test("guests of a public instance see what is visible to anyone, and get 401 for the rest")
    func publicInstance() async throws {
        let server = try await TestServer { $0.isPublic = true }
        let label = try await server.test.addLabel("Cam 1")
        let anna = try await server.test.addAccount("anna", .field, grants: [label])
        let open = try await server.test.addPreparedPicture(by: anna, label: label, visibility: .anyone)
        let closed = try await server.test.addPreparedPicture(by: anna, label: label)
        try await server.run { asker in
            let found = try await asker.get("/api/search")
            #expect(found.ids(of: "features") == [open.string])
            #expect(try await asker.get("/api/pictures/\(open)").code == 200)
            #expect(try await asker.get("/api/pictures/\(closed)").code == 401)
            #expect(try await asker.get("/api/pictures/\(PictureID())").code == 401)
        }
    }
}

import Catalogue
import Domain
import Foundation
import GeoPackage
import HTTPTypes
import TestSupport
import Testing

@Suite("Ways of OpenStreetMap over HTTP")
struct WayTests {
    private let server: TestServer
    private let label: CameraLabel
    private let token: String
    /// One on the street, one eleven metres beside it, one far away.
    private let pictures: [PictureID]

    init() async throws {
        server = try await TestServer()
        label = try await server.test.addLabel("CAM-7")
        let owner = try await server.test.addAccount("olga", .field, grants: [label])
        let places = [(2.0, 48.0), (2.0, 48.0001), (2.0, 48.01)]
        pictures = try await server.test.addPreparedPictures(
            places.enumerated().map { index, place in
                TestPicture(
                    "\(index).jpg", at: GeoPoint(longitude: place.0, latitude: place.1),
                    capturedAt: TestCatalogue.epoch + Double(index) * 10)
            }, by: owner, label: label
        ).pictures
        token = try await server.token(of: try await server.test.addAccount("ada", .admin))
    }

    /// A street along the parallel and one across it, 30 m east.
    private static let town = """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","id":"way/42","properties":{},"geometry":{"type":"LineString","coordinates":[[1.99,48],[2.05,48]]}},
        {"type":"Feature","properties":{"@id":"way/43"},"geometry":{"type":"MultiLineString","coordinates":[[[2.0004,47.99],[2.0004,48.005]]]}},
        {"type":"Feature","properties":{"osm_id":"44"},"geometry":{"type":"LineString","coordinates":[[2.1,48],[2.2,48]]}},
        {"type":"Feature","properties":{"@id":"node/1"},"geometry":{"type":"Point","coordinates":[2,48]}},
        {"type":"Feature","properties":null,"geometry":null}]}
        """

    private func ask(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, as other: String? = nil
    ) async throws -> Answer {
        let token = other ?? token
        return try await server.run {
            try await $0.send(method, path, token: token, body: body.map { Array($0.utf8) })
        }
    }

    private func links() async throws -> [[String]] {
        var found: [[String]] = []
        for id in pictures {
            let tags = try await server.test.catalogue.semantics.tags(of: .picture(id))
            found.append(tags.filter { $0.key == "osm|way" }.map(\.value))
        }
        return found
    }

    @Test("are loaded, told of, replaced and removed")
    func extract() async throws {
        #expect(try await ask(.get, "/api/ways").value("extract") is NSNull)
        #expect(try await ask(.post, "/api/ways/link", #"{"camera_label":"CAM-7"}"#).code == 409)
        let loaded = try await ask(.post, "/api/ways?name=town", Self.town)
        #expect(loaded.code == 201 && loaded.value("extract", "ways") as? Int == 3, "\(loaded.text)")
        #expect(loaded.value("other_features") as? Int == 2)
        #expect(try await ask(.get, "/api/ways").string("extract", "name") == "town")
        #expect(try await ask(.post, "/api/ways?name=new+town", Self.town).code == 201)
        #expect(try await ask(.get, "/api/ways").string("extract", "name") == "new town")
        #expect(try await ask(.delete, "/api/ways").code == 204)
        #expect(try await ask(.delete, "/api/ways").code == 404)
        let left = try await server.test.catalogue.engine.read {
            try $0.number("SELECT (SELECT COUNT(*) FROM way_pieces) + (SELECT COUNT(*) FROM way_extracts)")
        }
        #expect(left == 0)
    }

    @Test(
        "are refused with a reason, and what is loaded stays",
        arguments: [
            "", "{}", "[]", #"{"type":"FeatureCollection","features":[]}"#, "SQLite format 3\u{0}…",
            #"{"features":[{"properties":{"@id":"node/3"},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}}]}"#,
            #"{"features":[{"properties":{"@id":"way/3"},"geometry":{"type":"LineString","coordinates":[[1,2]]}}]}"#,
            #"{"features":[{"properties":{"@id":"way/3"},"geometry":{"type":"LineString","coordinates":[[1,200],[1,2]]}}]}"#,
            #"{"features":[{"id":-3,"geometry":{"type":"LineString","coordinates":[[1,20],[1,2]]}}]}"#,
        ])
    func refused(file: String) async throws {
        #expect(try await ask(.post, "/api/ways?name=town", Self.town).code == 201)
        let answer = try await ask(.post, "/api/ways?name=bad", file)
        #expect(answer.code == 422, "\(answer.text)")
        #expect(try await ask(.get, "/api/ways").string("extract", "name") == "town")
    }

    @Test("of a GeoPackage are loaded too; one without ways is refused, in the reader's language")
    func geoPackage() async throws {
        #expect(try await send(try package(["way/42", "w43", "node/1"])).value("extract", "ways") as? Int == 2)
        #expect(try await ask(.post, "/api/ways/link", #"{"camera_label":"CAM-7"}"#).value("linked") as? Int == 2)
        #expect(try await links() == [["42"], ["42"], []])
        #expect(try await send(try package(["node/1"])).code == 422)
        let damaged = try await send(Array(try package(["42"]).prefix(5000)), language: "fr")
        #expect(damaged.code == 422 && damaged.string("detail") == "Ce GeoPackage est endommagé.", "\(damaged.text)")
        #expect(try await ask(.get, "/api/ways").value("extract", "ways") as? Int == 2)
    }

    private func send(_ bytes: [UInt8], language: String = "en") async throws -> Answer {
        try await server.run {
            try await $0.send(
                .post, "/api/ways?name=town.gpkg", token: token, headers: [.acceptLanguage: language], body: bytes)
        }
    }

    /// The first along the street of the pictures, each further one a hundredth of a degree beside it.
    private func package(_ names: [String]) throws -> [UInt8] {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).gpkg").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try GeoPackageFile(path: path)
        for (index, name) in names.enumerated() {
            let line = [1.99, 2.05].map { GeoPoint(longitude: $0, latitude: 48 - Double(index) / 100) }
            try file.add(
                GeoPackageSequence(
                    line: line, id: name, title: "", producer: "", label: "", pictures: 0, capturedFrom: .now,
                    capturedTo: .now, page: ""))
        }
        try file.finish()
        return Array(try Data(contentsOf: URL(filePath: path)))
    }

    @Test("are linked to the pictures near them, which keep what a person said")
    func link() async throws {
        #expect(try await ask(.post, "/api/ways?name=town", Self.town).code == 201)
        let body = #"{"camera_label":"CAM-7","limit":2}"#
        let first = try await ask(.post, "/api/ways/link", body)
        #expect(first.value("pictures") as? Int == 3 && first.value("looked_at") as? Int == 2, "\(first.text)")
        let next = try #require(first.string("next"))
        let second = try await ask(
            .post, "/api/ways/link", #"{"camera_label":"CAM-7","limit":2,"after":"\#(next)"}"#)
        #expect(second.value("looked_at") as? Int == 1 && second.value("next") == nil)
        #expect(try await links() == [["42"], ["42"], []])
        let own = SemanticTag(key: "osm|way", value: "99")
        try await server.test.catalogue.semantics.edit(
            .picture(pictures[0]), [SemanticChange(.delete, Way(id: 42, line: []).tag), SemanticChange(.add, own)],
            by: .system)
        let again = try await ask(.post, "/api/ways/link", #"{"camera_label":"CAM-7"}"#)
        #expect(again.value("kept") as? Int == 2 && again.value("linked") as? Int == 0)
        #expect(try await links() == [["99"], ["42"], []])
        let near = #"{"camera_label":"CAM-7","distance":5,"replace":true}"#
        #expect(try await ask(.post, "/api/ways/link", near).value("linked") as? Int == 1)
        #expect(try await links() == [["42"], ["42"], []])
        let item = try await ask(.get, "/api/pictures/\(pictures[0])")
        #expect(item.text.contains("osm|way"))
    }

    @Test("are linked for one sequence or upload; what does not exist, or makes no sense, is said")
    func scopes() async throws {
        #expect(try await ask(.post, "/api/ways?name=town", Self.town).code == 201)
        let picture = try #require(try await server.test.catalogue.pictures.find(pictures[0], viewer: .system))
        let sequence = try #require(picture.sequenceID)
        for scope in [#""collection":"\#(sequence)""#, #""upload_set":"\#(picture.uploadSetID)""#] {
            #expect(try await ask(.post, "/api/ways/link", "{\(scope)}").value("looked_at") as? Int == 3)
        }
        for (bad, code) in [
            ("{}", 422), (#"{"camera_label":"CAM-7","collection":"\#(sequence)"}"#, 422),
            (#"{"camera_label":"CAM-9"}"#, 404), (#"{"collection":"\#(PictureID())"}"#, 404),
            (#"{"upload_set":"x"}"#, 404), (#"{"camera_label":"CAM-7","distance":101}"#, 422),
            (#"{"camera_label":"CAM-7","distance":0}"#, 422), (#"{"camera_label":"CAM-7","limit":0}"#, 422),
            (#"{"camera_label":"CAM-7","after":"x"}"#, 422),
        ] { #expect(try await ask(.post, "/api/ways/link", bad).code == code, "\(bad)") }
    }

    @Test("are an administrator's", arguments: [Role.viewer, .field, .manager])
    func rights(role: Role) async throws {
        let other = try await server.token(of: try await server.test.addAccount("other", role, grants: [label]))
        for (method, path) in [
            (HTTPRequest.Method.get, "/api/ways"), (.post, "/api/ways?name=a"), (.delete, "/api/ways"),
            (.post, "/api/ways/link"), (.get, "/admin/ways"),
        ] { #expect(try await ask(method, path, "{}", as: other).code == 404, "\(path)") }
    }
}

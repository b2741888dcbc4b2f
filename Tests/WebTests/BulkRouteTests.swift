import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Many pictures over the API")
struct BulkRouteTests {
    /// An owner of four pictures in a sequence, a reader with the label, and a manager of another label.
    private struct Scene {
        let server: TestServer
        let pictures: [PictureID]
        let sequence: SequenceID
        let owner: Account
        let tokens: [String: String]

        init() async throws {
            server = try await TestServer()
            let test = server.test
            let (label, other) = (try await test.addLabel("mast-1"), try await test.addLabel("mast-2"))
            owner = try await test.addAccount("owner", .field, grants: [label, other])
            let reader = try await test.addAccount("reader", .viewer, grants: [label])
            let colleague = try await test.addAccount("colleague", .field, grants: [label])
            let stranger = try await test.addAccount("stranger", .manager, grants: [other])
            pictures = try await test.addPreparedPictures(
                (0..<4).map { index in
                    TestPicture(
                        "\(index).jpg", at: GeoPoint(longitude: 2 + Double(index) * 0.001, latitude: 48),
                        capturedAt: TestCatalogue.epoch.addingTimeInterval(Double(index) * 10), heading: 10)
                }, by: owner, label: label, title: "street"
            ).pictures
            sequence = try #require(try await test.catalogue.pictures.find(pictures[0], viewer: .system)?.sequenceID)
            var tokens: [String: String] = [:]
            for account in [owner, reader, colleague, stranger] {
                tokens[account.name] = try await server.token(of: account)
            }
            self.tokens = tokens
        }

        func post(_ path: String, _ json: String, as who: String = "owner", language: String? = nil) async throws
            -> Answer
        {
            var headers = HTTPFields()
            headers[.acceptLanguage] = language
            return try await server.run { [headers] asker in
                try await asker.post(path, json: json, token: tokens[who], headers: headers)
            }
        }

        func get(_ path: String, as who: String = "owner") async throws -> Answer {
            try await server.run { try await $0.get(path, token: tokens[who]) }
        }
    }

    @Test("a search chooses what is turned, and the item says so")
    func searched() async throws {
        let scene = try await Scene()
        let body = #"{"search":{"bbox":[2.0005,47,2.0025,49]},"heading_offset":-20}"#
        let done = try await scene.post("/api/pictures/edit", body)
        #expect(done.code == 200 && done.value("changed") as? Int == 2, "\(done.text)")
        let item = try await scene.get("/api/pictures/\(scene.pictures[1])")
        #expect((item.value("properties", "view:azimuth") as? NSNumber)?.doubleValue == 350)
        let other = try await scene.get("/api/pictures/\(scene.pictures[0])")
        #expect((other.value("properties", "view:azimuth") as? NSNumber)?.doubleValue == 10)
    }

    @Test("who may not change them changes nothing, and learns of nothing that they may not see")
    func rights() async throws {
        let scene = try await Scene()
        let ids = scene.pictures.map { "\"\($0)\"" }.joined(separator: ",")
        for (path, more) in [("edit", #","visibility":"owner-only""#), ("delete", ""), ("prepare", "")] {
            let body = "{\"ids\":[\(ids)]\(more)}"
            #expect(try await scene.post("/api/pictures/\(path)", body, as: "reader").code == 403)
            let colleague = try await scene.post("/api/pictures/\(path)", body, as: "colleague")
            #expect(colleague.code == 200 && colleague.value("changed") as? Int == 0)
            #expect(colleague.string("unchanged", "0", "reason") == "forbidden")
            let stranger = try await scene.post("/api/pictures/\(path)", body, as: "stranger")
            #expect(stranger.string("unchanged", "0", "reason") == "not_found")
            #expect(!stranger.text.contains("street") && !stranger.text.contains("mast-1"))
        }
        for who in ["owner", "colleague"] {
            #expect(try await scene.get("/api/pictures/\(scene.pictures[0])", as: who).code == 200)
        }
    }

    @Test("pictures go only to a label that one may send to")
    func target() async throws {
        let scene = try await Scene()
        let body = #"{"ids":["\#(scene.pictures[0])"],"camera_label":"mast-2"}"#
        #expect(try await scene.post("/api/pictures/edit", body, as: "colleague").code == 404)
        let done = try await scene.post("/api/pictures/edit", body)
        #expect(done.value("changed") as? Int == 1)
        let made = try #require((done.value("collections") as? [String])?.first)
        #expect(try await scene.get("/api/collections/\(made)", as: "stranger").code == 200)
        #expect(try await scene.get("/api/collections/\(made)", as: "reader").code == 404)
        #expect(try await scene.get("/api/pictures/\(scene.pictures[0])", as: "reader").code == 404)
    }

    @Test("bad input is refused with a reason, in French too, and changes nothing")
    func refusals() async throws {
        let scene = try await Scene()
        let id = "\"ids\":[\"\(scene.pictures[0])\"]"
        for (body, code) in [
            ("{}", 422), ("{\(id)}", 422), (#"{"heading":3}"#, 400), ("{\(id),\"search\":{},\"heading\":3}", 400),
            ("{\(id),\"heading\":3,\"heading_offset\":4}", 422), ("{\(id),\"heading\":400}", 422),
            ("{\(id),\"time_offset\":1e12}", 422), ("{\(id),\"rotation\":45}", 422),
            ("{\(id),\"visibility\":\"anyone\"}", 422), (#"{"ids":["x"],"heading":3}"#, 400),
            (#"{"search":{"bbox":[1]},"heading":3}"#, 400),
        ] {
            #expect(try await scene.post("/api/pictures/edit", body).code == code, "\(body)")
        }
        let french = try await scene.post("/api/pictures/edit", "{\(id)}", language: "fr")
        #expect(french.string("detail") == "Dites ce qu’il faut changer des photos.")
        let item = try await scene.get("/api/pictures/\(scene.pictures[0])")
        #expect((item.value("properties", "view:azimuth") as? NSNumber)?.doubleValue == 10)
    }

    @Test("a sequence is split and put together again")
    func cutting() async throws {
        let scene = try await Scene()
        let path = "/api/collections/\(scene.sequence)"
        let body = #"{"item":"\#(scene.pictures[2])","title":"the rest"}"#
        #expect(try await scene.post("\(path)/split", body, as: "stranger").code == 404)
        #expect(try await scene.post("\(path)/split", body, as: "colleague").code == 403)
        let made = try await scene.post("\(path)/split", body)
        #expect(made.code == 201 && made.string("title") == "the rest", "\(made.text)")
        let second = try #require(made.string("id"))
        #expect(made.headers[.location]?.hasSuffix("/api/collections/\(second)") == true)
        let both = #"{"collections":["\#(scene.sequence)","\#(second)"]}"#
        #expect(try await scene.post("/api/collections/merge", both, as: "colleague").code == 403)
        #expect(try await scene.post("/api/collections/merge", both, as: "stranger").code == 404)
        let merged = try await scene.post("/api/collections/merge", both)
        #expect(merged.code == 200 && merged.value("stats:items", "count") as? Int == 4, "\(merged.text)")
        #expect(try await scene.get("/api/collections/\(second)").code == 404)
    }

    @Test("deleting gives a receipt; what is gone is gone for all")
    func deletion() async throws {
        let scene = try await Scene()
        let done = try await scene.post("/api/pictures/delete", #"{"search":{"collections":["\#(scene.sequence)"]}}"#)
        #expect(done.value("changed") as? Int == 4)
        let receipt = try #require(done.target("related"))
        #expect(try await scene.get(receipt).value("pictures") as? Int == 4)
        #expect(try await scene.get("/api/collections/\(scene.sequence)").code == 404)
    }
}

import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("People and what they sent")
struct PeopleTests {
    /// Two labels; each of two people has sent a sequence under one of them.
    private struct Scene {
        let server: TestServer
        let ada: Account
        let bob: Account
        let trips: [SequenceID]
        let reader: String
        let adas: String
        let admin: String

        init() async throws {
            server = try await TestServer()
            let test = server.test
            let (alpha, beta) = (try await test.addLabel("Alpha"), try await test.addLabel("Beta"))
            ada = try await test.addAccount("Ada_1", .field, grants: [alpha])
            bob = try await test.addAccount("Bob 100%", .field, grants: [beta])
            _ = try await test.addAccount("Carl, who sent nothing", .field, grants: [alpha])
            var pictures: [PictureID] = []
            for index in 0..<3 {
                pictures.append(
                    try await test.addPreparedPictures(
                        [TestPicture("a\(index).jpg"), TestPicture("b\(index).jpg")], by: ada, label: alpha,
                        title: "trip \(index)"
                    ).pictures[0])
            }
            _ = try await test.addPreparedPicture(by: bob, label: beta)
            var trips: [SequenceID] = []
            for id in pictures {
                let picture = try await test.catalogue.pictures.find(id, viewer: .system)
                trips.append(try #require(picture?.sequenceID))
            }
            self.trips = trips
            reader = try await server.token(of: try await test.addAccount("reader", .viewer, grants: [alpha]))
            adas = try await server.token(of: ada)
            admin = try await server.token(of: try await test.addAccount("root", .admin))
        }

        func get(_ path: String, _ token: String?) async throws -> Answer {
            try await server.run { try await $0.get(path, token: token) }
        }
    }

    @Test("all that somebody sent is a table too, of what one may see, where a title is no formula")
    func table() async throws {
        let scene = try await Scene()
        let catalogue = scene.server.test.catalogue
        let edit = SequenceEdit(title: "=1+2, \"three\"")
        try await catalogue.sequences.edit(scene.trips[0], edit, by: .system)
        let path = "/api/users/\(scene.ada.id)/collection"
        let answer = try await scene.get("\(path)?format=csv&sortby=%2Bcreated", scene.reader)
        #expect(answer.headers[.contentType]?.hasPrefix("text/csv") == true)
        #expect(answer.headers[.contentDisposition]?.contains("Ada_1-") == true)
        let lines = answer.text.split(separator: "\r\n").map(String.init)
        #expect(lines.count == 4)
        #expect(lines[0].hasPrefix("id,status,name,created,updated,capture_date,"))
        for trip in scene.trips { #expect(lines.contains { $0.hasPrefix("\(trip),ready,") }, "\(trip)") }
        #expect(answer.text.contains(#","'=1+2, ""three""","#))
        #expect(lines[1].split(separator: ",").last == "Alpha")
        let accepted = try await scene.server.run {
            try await $0.get(path, token: scene.adas, headers: [.accept: "text/csv"])
        }
        #expect(accepted.text.split(separator: "\r\n").count == 4)
        #expect(try await scene.get("/api/users/\(scene.bob.id)/collection?format=csv", scene.reader).code == 404)
        for wrong in ["format=xml", "format=csv&limit=2", "format=csv&filter=nothing%20%3D%201"] {
            #expect(try await scene.get("\(path)?\(wrong)", scene.reader).code == 400, "\(wrong)")
        }
    }

    @Test("one knows those whose pictures one sees, and oneself; administrators know everybody")
    func known() async throws {
        let scene = try await Scene()
        let names = { (answer: Answer) in
            (answer.value("users") as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
        }
        #expect(names(try await scene.get("/api/users", scene.reader)) == ["Ada_1", "reader"])
        #expect(
            names(try await scene.get("/api/users", scene.admin))
                == ["Ada_1", "Bob 100%", "Carl, who sent nothing", "reader", "root"])
        #expect(try await scene.get("/api/users/\(scene.ada.id)", scene.reader).string("name") == "Ada_1")
        for path in ["", "/collection", "/collections", "/catalog"] {
            #expect(try await scene.get("/api/users/\(scene.bob.id)\(path)", scene.reader).code == 404, "\(path)")
            #expect(try await scene.get("/api/users/\(scene.bob.id)\(path)", nil).code == 401)
        }
        // Page by page the same.
        var (path, found) = ("/api/users?limit=2" as String?, [String]())
        while let next = path {
            let page = try await scene.get(next, scene.admin)
            found += names(page)
            path = page.target("next")
        }
        #expect(found.count == 5 && Set(found).count == 5)
    }

    @Test("a search by a part of a name takes signs of the pattern as they are, and finds only whom one knows")
    func search() async throws {
        let scene = try await Scene()
        func found(_ text: String, _ token: String) async throws -> [String] {
            try await scene.get("/api/users/search?q=\(text)", token).ids(of: "features")
        }
        #expect(try await found("ADA", scene.reader) == [scene.ada.id.string])
        #expect(try await found("_", scene.admin) == [scene.ada.id.string])
        #expect(try await found("%25", scene.admin) == [scene.bob.id.string])
        #expect(try await found("bob", scene.reader) == [])
        #expect(try await found("%5C", scene.admin) == [])
        #expect(try await scene.get("/api/users/search?q=", scene.reader).code == 400)
        let answer = try await scene.get("/api/users/search?q=ada", scene.reader)
        #expect(answer.string("features", "0", "name") == "Ada_1" && answer.string("features", "0", "label") == "Ada_1")
    }

    @Test("all that somebody sent is one collection with a child for each sequence, page by page")
    func collection() async throws {
        let scene = try await Scene()
        var (path, children) = ("/api/users/me/collection?limit=2&sortby=%2Bcreated" as String?, [String]())
        while let next = path {
            let page = try await scene.get(next, scene.adas)
            #expect(page.string("type") == "Collection" && page.string("providers", "0", "name") == "Ada_1")
            #expect(page.value("stats:items", "count") as? Int == 6)
            #expect(page.value("stats:collections", "count") as? Int == 3)
            children += page.links("child").compactMap { $0["id"] as? String }
            for link in page.links("child") {
                #expect(link["href"] as? String == "http://localhost/api/collections/\(link["id"] ?? "")")
            }
            path = page.target("next")
        }
        #expect(children == scene.trips.map(\.string))
        let down = try await scene.get("/api/users/\(scene.ada.id)/collection?sortby=-created", scene.reader)
        #expect(down.links("child").compactMap { $0["id"] as? String } == scene.trips.map(\.string).reversed())
        let catalogue = try await scene.get("/api/users/\(scene.ada.id)/catalog", scene.reader)
        #expect(catalogue.string("type") == "Catalog" && catalogue.links("child").count == 3)
        let list = try await scene.get("/api/users/\(scene.ada.id)/collections", scene.reader)
        #expect(list.ids(of: "collections").count == 3)
        for wrong in ["sortby=title", "created_after=yesterday", "limit=0", "colour=red", "page=x"] {
            #expect(try await scene.get("/api/users/me/collection?\(wrong)", scene.adas).code == 400, "\(wrong)")
        }
    }

    @Test("who has sent nothing has an empty collection of their own")
    func empty() async throws {
        let scene = try await Scene()
        let answer = try await scene.get("/api/users/me/collection", scene.reader)
        #expect(answer.code == 200 && answer.links("child").isEmpty)
        #expect(answer.value("stats:items", "count") as? Int == 0)
    }

    @Test("what is hidden from somebody does not count for them")
    func hidden() async throws {
        let scene = try await Scene()
        try await scene.server.test.catalogue.sequences.edit(
            scene.trips[0], SequenceEdit(visibility: .ownerOnly), by: .system)
        let count = { (token: String) in
            try await scene.get("/api/users/\(scene.ada.id)/collection", token).value("stats:collections", "count")
                as? Int
        }
        #expect(try await count(scene.reader) == 2)
        #expect(try await count(scene.adas) == 3)
        for id in scene.trips.dropFirst() {
            try await scene.server.test.catalogue.sequences.edit(
                id, SequenceEdit(visibility: .ownerOnly), by: .system)
        }
        #expect(try await scene.get("/api/users/\(scene.ada.id)", scene.reader).code == 404)
    }

    @Test("uploads that do not say are visible to whom their owner has chosen")
    func defaultVisibility() async throws {
        let scene = try await Scene()
        try await scene.server.run { asker in
            #expect(
                try await asker.get("/api/users/me", token: scene.adas).string("default_visibility") == "logged-only")
            let change = { (json: String) in
                try await asker.send(.patch, "/api/users/me", token: scene.adas, body: Array(json.utf8))
            }
            #expect(try await change(#"{"default_visibility":"anyone"}"#).code == 422)
            #expect(
                try await change(#"{"default_visibility":"owner-only"}"#).string("default_visibility") == "owner-only")
            let set = try await asker.post("/api/upload_sets", json: #"{"title":"x"}"#, token: scene.adas)
            #expect(set.code == 200 && set.string("visibility") == "owner-only", "\(set.text)")
            let said = try await asker.post(
                "/api/upload_sets", json: #"{"title":"x","visibility":"logged-only"}"#, token: scene.adas)
            #expect(said.string("visibility") == "logged-only")
            #expect(try await change(#"{"default_visibility":null}"#).string("default_visibility") == "logged-only")
            #expect(try await change("{}").string("default_visibility") == "logged-only")
        }
    }
}

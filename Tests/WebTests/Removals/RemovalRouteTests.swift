import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Deleting that can be taken back, over the API")
struct RemovalRouteTests {
    /// An owner of two pictures in a sequence, and others who know of it.
    private struct Scene {
        let server: TestServer
        let set: UploadSet
        let pictures: [PictureID]
        let sequence: SequenceID
        let tokens: [String: String]

        init(_ change: (inout WebConfiguration) -> Void = { _ in }) async throws {
            server = try await TestServer(change: change)
            let test = server.test
            let label = try await test.addLabel("mast-1")
            let owner = try await test.addAccount("owner", .field, grants: [label])
            let others = [
                owner, try await test.addAccount("reader", .viewer, grants: [label]),
                try await test.addAccount("manager", .manager, grants: [label]),
                try await test.addAccount("admin", .admin),
            ]
            (set, pictures) = try await test.addPreparedPictures(
                [TestPicture("a.jpg"), TestPicture("b.jpg")], by: owner, label: label, title: "street")
            sequence = try #require(try await test.catalogue.pictures.find(pictures[0], viewer: .system)?.sequenceID)
            var tokens: [String: String] = [:]
            for account in others { tokens[account.name] = try await server.token(of: account) }
            self.tokens = tokens
        }

        func ask(_ method: HTTPRequest.Method, _ path: String, as who: String = "owner") async throws -> Answer {
            try await server.run { try await $0.send(method, path, token: tokens[who]) }
        }

        func isThere(_ id: PictureID) async throws -> Bool {
            try await ask(.get, "/api/pictures/\(id)").code == 200
        }
    }

    private func link(_ answer: Answer) throws -> String {
        let name = try #require(HTTPField.Name("Link"))
        return try #require(answer.headers[name])
    }

    /// The path of what the answer says can be taken back.
    private func removal(_ answer: Answer) throws -> String {
        let link = try link(answer)
        return String(try #require(link.firstMatch(of: /(\/api\/removals\/[0-9a-f-]{36})>/)).1)
    }

    @Test("a picture, a sequence and an upload are deleted, named, and taken back")
    func roundTrip() async throws {
        let scene = try await Scene()
        for path in [
            "/api/pictures/\(scene.pictures[0])", "/api/collections/\(scene.sequence)/items/\(scene.pictures[0])",
            "/api/collections/\(scene.sequence)", "/api/upload_sets/\(scene.set.id)",
        ] {
            let deleted = try await scene.ask(.delete, "\(path)?undo=true")
            #expect(deleted.code == 204, "\(path) \(deleted.text)")
            let removal = try removal(deleted)
            #expect(try !link(deleted).contains("receipt"))
            #expect(try await !scene.isThere(scene.pictures[0]))
            let known = try await scene.ask(.get, removal)
            #expect(known.value("pictures") as? Int == (path.contains(scene.pictures[0].string) ? 1 : 2))
            #expect(known.string("final_at") != nil)
            #expect(
                try await scene.ask(.get, "/api/removals").ids(of: "removals") == [try #require(known.string("id"))])
            for who in ["reader", "manager"] {
                #expect(try await scene.ask(.get, removal, as: who).code == 404)
                #expect(try await scene.ask(.post, "\(removal)/restore", as: who).code == 404)
                #expect(try await scene.ask(.delete, removal, as: who).code == 404)
                #expect(try await scene.ask(.get, "/api/removals", as: who).ids(of: "removals").isEmpty)
            }
            #expect(try await scene.ask(.get, removal, as: "admin").code == 200)
            #expect(try await !scene.isThere(scene.pictures[0]))
            let back = try await scene.ask(.post, "\(removal)/restore")
            #expect(back.code == 200 && back.value("restored") as? Int == known.value("pictures") as? Int)
            #expect(try await scene.isThere(scene.pictures[0]))
            #expect(try await scene.ask(.get, path).code == 200)
            #expect(try await scene.ask(.post, "\(removal)/restore").code == 404)
        }
    }

    @Test("without being asked for, nothing can be taken back")
    func atOnce() async throws {
        let scene = try await Scene()
        let deleted = try await scene.ask(.delete, "/api/pictures/\(scene.pictures[0])")
        #expect(try link(deleted).contains("/api/receipts/"))
        #expect(try await scene.ask(.get, "/api/removals").ids(of: "removals").isEmpty)
        #expect(try await scene.ask(.delete, "/api/pictures/\(scene.pictures[1])?undo=perhaps").code == 400)
        #expect(try await scene.isThere(scene.pictures[1]))
    }

    @Test("many are deleted and taken back together, and deleted for good with a receipt")
    func bulk() async throws {
        let scene = try await Scene()
        let body = #"{"ids":["\#(scene.pictures[0])","\#(scene.pictures[1])"],"undo":true}"#
        let done = try await scene.server.run {
            try await $0.post("/api/pictures/delete", json: body, token: scene.tokens["owner"])
        }
        #expect(done.value("changed") as? Int == 2)
        let path = "/api/removals/\(try #require((done.value("removals") as? [String])?.first))"
        #expect(try await scene.ask(.get, path).value("pictures") as? Int == 2)
        let gone = try await scene.ask(.delete, path)
        #expect(try gone.code == 204 && link(gone).contains("/api/receipts/"))
        #expect(try await scene.ask(.post, "\(path)/restore").code == 404)
        #expect(try await scene.ask(.get, "/api/receipts").ids(of: "receipts").count == 1)
    }

    @Test("where nothing can be taken back, who asks for that is told and nothing is deleted")
    func never() async throws {
        let scene = try await Scene { $0.undoPeriod = 0 }
        for path in ["pictures/\(scene.pictures[0])", "collections/\(scene.sequence)", "upload_sets/\(scene.set.id)"] {
            let answer = try await scene.ask(.delete, "/api/\(path)?undo=true")
            #expect(answer.code == 409 && answer.text.contains("no_undo"), "\(answer.text)")
        }
        #expect(try await scene.isThere(scene.pictures[0]))
    }
}

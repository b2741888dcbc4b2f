import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing

@Suite("A collection first, then its pictures one by one")
struct SequenceUploadTests {
    private func send(
        _ scene: TusScene, _ asker: Asker, _ collection: String, _ bytes: [UInt8], position: String?,
        fields: [(String, String)] = []
    ) async throws -> Answer {
        try await asker.send(
            .post, "/api/collections/\(collection)/items", token: scene.token, headers: Multipart.headers,
            body: Multipart.body(
                file: bytes, name: "a.jpg", fields: fields + (position.map { [("position", $0)] } ?? [])))
    }

    @Test("each picture shows as soon as it is worked on, in the order of positions and not of time")
    func order() async throws {
        let scene = try await TusScene()
        try await scene.server.run { asker in
            let made = try await asker.post("/api/collections", json: #"{"title":"my street"}"#, token: scene.token)
            #expect(made.code == 200, "\(made.text)")
            let id = try #require(made.string("id"))
            #expect(made.headers[.location] == "http://localhost/api/collections/\(id)")
            #expect(made.string("geovisio:status") == "preparing")
            var pictures: [String: String] = [:]
            for (index, position) in ["10", "2", "1"].enumerated() {
                let sent = try await send(
                    scene, asker, id, TestJPEG.drive(index).bytes(), position: position,
                    fields: [("isBlurred", "true")])
                #expect(sent.code == 202, "\(sent.text)")
                #expect(sent.string("collection") == id)
                let picture = try #require(sent.string("id"))
                pictures[position] = picture
                let tags = TestPicture(capturedAt: TestCatalogue.epoch.addingTimeInterval(Double(index))).tags
                scene.server.test.setTags(tags, of: PictureID(stored: picture))
                let location = try #require(sent.headers[.location]).replacing("http://localhost", with: "")
                #expect(try await asker.get(location, token: scene.token).code == 200)
                try await scene.server.test.process()
            }
            let items = try await asker.get("/api/collections/\(id)/items", token: scene.token)
            #expect(Set(items.ids(of: "features")) == Set(pictures.values))
            let set = UploadSetID(stored: try #require(made.string("geovisio:upload_set")))
            let candidates = try #require(try await scene.server.test.catalogue.sequences.candidates(of: set))
            let plan = DispatchPlan.make(from: candidates)
            #expect(plan.parts.map { $0.map(\.id.string) } == [["1", "2", "10"].compactMap { pictures[$0] }])
            let whole = try await asker.get("/api/collections/\(id)", token: scene.token)
            #expect(whole.value("stats:items", "count") as? Int == 3)
            #expect(whole.string("title") == "my street")
        }
    }

    @Test("what does not say is visible to whom its owner has chosen, sent as a collection or in parts")
    func defaultVisibility() async throws {
        let scene = try await TusScene()
        try await scene.server.test.catalogue.people.setDefaultVisibility(.ownerOnly, of: scene.anna.id)
        try await scene.server.run { asker in
            let made = try await asker.post("/api/collections", json: #"{"title":"my street"}"#, token: scene.token)
            let id = try #require(made.string("geovisio:upload_set"))
            let shown = try await asker.get("/api/upload_sets/\(id)", token: scene.token)
            #expect(shown.string("visibility") == "owner-only")
            let begun = try await scene.begin(asker, [("filename", "a.jpg")], part: scene.picture)
            let picture = PictureID(stored: try #require(begun.headers[.waysidePicture]))
            let found = try #require(try await scene.server.test.catalogue.pictures.find(picture, viewer: .system))
            let set = try await scene.server.test.catalogue.uploadSets.find(found.uploadSetID, viewer: .system)
            #expect(set?.visibility == .ownerOnly)
        }
    }

    @Test("a position is taken once, and has to be a number from 1")
    func positions() async throws {
        let scene = try await TusScene()
        try await scene.server.run { asker in
            let made = try await asker.post("/api/collections", json: "{}", token: scene.token)
            let id = try #require(made.string("id"))
            let first = try await send(scene, asker, id, TestJPEG.drive(1).bytes(), position: "1")
            #expect(first.code == 202)
            let other = try await send(scene, asker, id, TestJPEG.drive(2).bytes(), position: "1")
            #expect(other.code == 409)
            #expect(other.string("details", "reason") == "position_taken")
            let same = try await send(scene, asker, id, TestJPEG.drive(1).bytes(), position: "1")
            #expect(same.string("existing_item", "id") == first.string("id"))
            for position in [nil, "0", "-1", "x", "99999999"] {
                #expect(try await send(scene, asker, id, TestJPEG.drive(3).bytes(), position: position).code == 422)
            }
            let chosen = PictureID().string
            let mine = try await send(
                scene, asker, id, TestJPEG.drive(4).bytes(), position: "2", fields: [("id", chosen)])
            #expect(mine.string("id") == chosen)
        }
        #expect(try scene.staged.count == 2)
    }

    @Test("it stays while none of its pictures is one, for its owner alone, and goes when it is deleted")
    func empty() async throws {
        let scene = try await TusScene()
        let mara = try await scene.server.test.addAccount("mara", .manager, grants: [scene.label])
        let other = try await scene.server.token(of: mara)
        try await scene.server.run { asker in
            let chosen = SequenceID().string
            let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
            let made = try await asker.send(
                .post, "/api/collections/", token: scene.token, headers: form,
                body: Array("title=a+street&id=\(chosen)".utf8))
            #expect(made.string("id") == chosen)
            #expect(made.string("title") == "a street")
            let again = try await asker.post("/api/collections", json: #"{"id":"\#(chosen)"}"#, token: scene.token)
            #expect(again.code == 409)
            #expect(try await send(scene, asker, chosen, Array("text".utf8), position: "1").code == 422)
            try await scene.server.test.process()
            #expect(try await asker.get("/api/collections/\(chosen)", token: scene.token).code == 200)
            #expect(try await asker.get("/api/collections/\(chosen)", token: other).code == 404)
            let list = try await asker.get("/api/collections", token: scene.token)
            #expect(list.ids(of: "collections").isEmpty)
            #expect(try await send(scene, asker, chosen, TestJPEG.drive(1).bytes(), position: "1").code == 202)
            let gone = try await asker.send(.delete, "/api/collections/\(chosen)", token: scene.token)
            #expect(gone.code == 204)
            #expect(try await send(scene, asker, chosen, TestJPEG.drive(2).bytes(), position: "2").code == 404)
            try await scene.server.test.process()
            let found = try await asker.get("/api/search", token: scene.token)
            #expect(found.ids(of: "features").isEmpty)
        }
    }
}

import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("The page of the recently deleted")
struct RemovalPageTests {
    private struct Scene {
        let server: TestServer
        let set: UploadSet
        let picture: PictureID
        let sequence: SequenceID
        let owner: String

        init(_ change: (inout WebConfiguration) -> Void = { _ in }) async throws {
            server = try await TestServer(change: change)
            let label = try await server.test.addLabel("mast-1")
            let account = try await server.test.addAccount("owner", .field, grants: [label])
            let added = try await server.test.addPreparedPictures(
                [TestPicture("OWN_0001.JPG")], by: account, label: label, title: "street")
            (set, picture) = (added.set, try #require(added.pictures.first))
            sequence = try #require(
                try await server.test.catalogue.pictures.find(picture, viewer: .system)?.sequenceID)
            owner = try await server.token(of: account)
        }

        func post(_ path: String, _ form: String, language: String = "en") async throws -> Answer {
            try await server.run { asker in
                try await asker.send(
                    .post, path, token: owner,
                    headers: [.contentType: "application/x-www-form-urlencoded", .acceptLanguage: language],
                    body: Array(form.utf8))
            }
        }

        func get(_ path: String, token: String? = nil) async throws -> Answer {
            try await server.run { try await $0.get(path, token: token ?? owner) }
        }

        func removal() async throws -> Removal {
            let all = try await server.test.catalogue.removals.list(before: nil, limit: 9, viewer: .system)
            return try #require(all.first)
        }

        func isThere() async throws -> Bool {
            try await server.test.catalogue.pictures.find(picture, viewer: .system) != nil
        }
    }

    @Test("what was deleted on a page is on it, and one button brings it back", arguments: ["en", "fr"])
    func back(language: String) async throws {
        let scene = try await Scene()
        for (path, form) in [
            ("/pictures", "filter=tab%3Dpictures&do=delete&confirmed=yes&id=\(scene.picture)"),
            ("/pictures", "filter=tab%3Dsequences&do=delete&confirmed=yes&id=\(scene.sequence)"),
            ("/pictures", "filter=tab%3Dsets&do=delete&confirmed=yes&id=\(scene.set.id)"),
            ("/sequences/\(scene.sequence)/delete", ""), ("/uploads/\(scene.set.id)/delete", ""),
        ] {
            let deleted = try await scene.post(path, form, language: language)
            #expect(try await !scene.isThere())
            let removal = try await scene.removal()
            if path == "/pictures" {
                #expect(deleted.text.contains(#"name="id" value="\#(removal.id)""#), "\(deleted.text)")
            } else {
                #expect(deleted.code == 303)
                #expect(deleted.headers[.location]?.hasPrefix("/pictures/deleted?said=") == true)
            }
            let page = try await scene.get("/pictures/deleted")
            #expect(page.code == 200 && page.text.contains(#"data-removal="\#(removal.id)""#))
            #expect(page.text.contains(removal.title) && !removal.title.isEmpty)
            let done = try await scene.post("/pictures/deleted", "do=restore&id=\(removal.id)", language: language)
            #expect(done.text.contains(language == "fr" ? "1 photo est de nouveau" : "1 picture is back"))
            #expect(try await scene.isThere(), "\(path) \(form)")
            let late = try await scene.post("/pictures/deleted", "do=restore&id=\(removal.id)", language: language)
            #expect(late.text.contains(language == "fr" ? "ne peut plus" : "cannot be taken back any more"))
        }
    }

    @Test("deleting for good leaves a receipt and nothing to take back")
    func finish() async throws {
        let scene = try await Scene()
        _ = try await scene.post("/sequences/\(scene.sequence)/delete", "")
        let removal = try await scene.removal()
        let done = try await scene.post("/pictures/deleted", "do=finish&id=\(removal.id)")
        #expect(done.text.contains("deleted for good") && !done.text.contains(removal.id.string))
        #expect(try await scene.get("/receipts").text.contains(scene.sequence.string))
    }

    @Test("others neither see it nor change it")
    func others() async throws {
        let scene = try await Scene()
        _ = try await scene.post("/sequences/\(scene.sequence)/delete", "")
        let removal = try await scene.removal()
        let label = try #require(try await scene.server.test.catalogue.labels.list(viewer: .system).first)
        for (name, role) in [("colleague", Role.field), ("manager", .manager)] {
            let account = try await scene.server.test.addAccount(name, role, grants: [label])
            let token = try await scene.server.token(of: account)
            let page = try await scene.get("/pictures/deleted", token: token)
            #expect(page.code == 200 && !page.text.contains(removal.id.string) && !page.text.contains("street"))
            for action in ["restore", "finish"] {
                let answer = try await scene.server.run { asker in
                    try await asker.send(
                        .post, "/pictures/deleted", token: token,
                        headers: [.contentType: "application/x-www-form-urlencoded"],
                        body: Array("do=\(action)&id=\(removal.id)".utf8))
                }
                #expect(answer.text.contains("cannot be taken back any more"))
            }
        }
        let viewer = try await scene.server.test.addAccount("viewer", .viewer, grants: [label])
        #expect(try await scene.get("/pictures/deleted", token: try await scene.server.token(of: viewer)).code == 403)
        #expect(try await scene.removal().id == removal.id)
    }

    @Test("questions say until when it can be taken back, or that it cannot")
    func questions() async throws {
        for period: TimeInterval in [0, 604_800] {
            let scene = try await Scene { $0.undoPeriod = period }
            let asked = try await scene.post("/pictures", "filter=tab%3Dsequences&do=delete&id=\(scene.sequence)")
            let sentence = period > 0 ? "You can take it back until" : "will be deleted for good"
            #expect(asked.text.contains(sentence), "\(asked.text)")
            for path in ["/sequences/\(scene.sequence)", "/uploads/\(scene.set.id)"] {
                let said = period > 0 ? "You can take it back for 7 days." : "This cannot be undone."
                #expect(try await scene.get(path).text.contains(said), "\(path)")
            }
            guard period == 0 else { continue }
            _ = try await scene.post("/sequences/\(scene.sequence)/delete", "")
            let left = try await scene.server.test.catalogue.removals.list(before: nil, limit: 9, viewer: .system)
            #expect(left.isEmpty)
            #expect(try await !scene.isThere())
        }
    }
}

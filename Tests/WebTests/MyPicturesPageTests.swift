import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("The page My pictures")
struct MyPicturesPageTests {
    private func send(_ server: TestServer, _ form: String, _ token: String) async throws -> Answer {
        try await server.run { asker in
            try await asker.send(
                .post, "/pictures", token: token, headers: [.contentType: "application/x-www-form-urlencoded"],
                body: Array(form.utf8))
        }
    }

    @Test("it lists one's own pictures, and as a manager on request those of one's labels; no others")
    func listed() async throws {
        let server = try await TestServer()
        let label = try await server.test.addLabel("mast-1")
        let owner = try await server.test.addAccount("owner", .field, grants: [label])
        let colleague = try await server.test.addAccount("colleague", .field, grants: [label])
        let manager = try await server.test.addAccount("manager", .manager, grants: [label])
        let reader = try await server.test.addAccount("reader", .viewer, grants: [label])
        _ = try await server.test.addPreparedPicture(TestPicture("SECRET.JPG"), by: owner, label: label)
        for (account, query, isShown) in [
            (owner, "", true), (owner, "?view=thumbs", true), (owner, "?from=2100-01-01", false),
            (owner, "?bbox=10,10,11,11", false), (owner, "?state=broken", false), (colleague, "", false),
            (colleague, "?of=all", false), (manager, "", false), (manager, "?of=all", true),
        ] {
            let token = try await server.token(of: account)
            let page = try await server.run { try await $0.get("/pictures\(query)", token: token) }
            #expect(page.code == 200 && page.text.contains("SECRET.JPG") == isShown, "\(account.name) \(query)")
        }
        let token = try await server.token(of: reader)
        #expect(try await server.run { try await $0.get("/pictures", token: token) }.code == 403)
    }

    @Test("deleting is asked about with what will go, and then done")
    func deleting() async throws {
        let server = try await TestServer()
        let label = try await server.test.addLabel("mast-1")
        let owner = try await server.test.addAccount("owner", .field, grants: [label])
        let id = try await server.test.addPreparedPicture(by: owner, label: label)
        let token = try await server.token(of: owner)
        let asked = try await send(server, "filter=tab%3Dpictures&do=delete&id=\(id)", token)
        #expect(asked.code == 200 && asked.text.contains("1 picture will be deleted, with"), "\(asked.text)")
        #expect(try await server.test.catalogue.pictures.find(id, viewer: .system) != nil)
        let done = try await send(server, "filter=tab%3Dpictures&do=delete&id=\(id)&confirmed=yes", token)
        #expect(done.text.contains("1 picture is deleted."))
        #expect(try await server.test.catalogue.pictures.find(id, viewer: .system) == nil)
        #expect(done.text.contains(#"id="take-back""#))
    }

    @Test("what is missing or wrong is said on the page, and nothing is changed")
    func wrong() async throws {
        let server = try await TestServer()
        let label = try await server.test.addLabel("mast-1")
        let owner = try await server.test.addAccount("owner", .field, grants: [label])
        let id = try await server.test.addPreparedPicture(by: owner, label: label)
        let token = try await server.token(of: owner)
        for (form, sentence) in [
            ("do=&id=\(id)", "Choose what is to be done"), ("do=visibility", "Tick what it is to be done with"),
            ("do=time&time_offset=soon&id=\(id)", "hours:minutes:seconds"),
            ("do=heading&heading_offset=&id=\(id)", "by how many degrees"),
            ("do=split&id=\(id)", "Tick one picture"), ("do=rename&id=\(id)", "Choose what is to be done"),
        ] {
            let answer = try await send(server, "filter=tab%3Dpictures&\(form)", token)
            #expect(answer.code == 200 && answer.text.contains(sentence), "\(form)")
        }
        let stranger = try await server.test.addAccount("stranger", .field, grants: [])
        let other = try await send(
            server, "filter=tab%3Dpictures&do=visibility&visibility=owner-only&id=\(id)",
            try await server.token(of: stranger))
        #expect(other.text.contains("It is not there, or you may not see it."))
        #expect(try await server.test.catalogue.pictures.find(id, viewer: .system)?.visibility == .loggedOnly)
    }

    @Test("sequences and uploads are renamed, hidden and deleted by those who may")
    func wholes() async throws {
        let server = try await TestServer()
        let label = try await server.test.addLabel("mast-1")
        let owner = try await server.test.addAccount("owner", .field, grants: [label])
        let colleague = try await server.test.addAccount("colleague", .field, grants: [label])
        let added = try await server.test.addPreparedPictures([TestPicture()], by: owner, label: label)
        let sequence = try #require(
            try await server.test.catalogue.pictures.find(added.pictures[0], viewer: .system)?.sequenceID)
        let token = try await server.token(of: owner)
        let line = "filter=tab%3Dsequences&id=\(sequence)"
        _ = try await send(server, "\(line)&do=rename&title=Canal", token)
        #expect(
            try await server.test.catalogue.sequences.find(sequence, viewer: .system)?.sequence.title == "Canal")
        let refused = try await send(
            server, "\(line)&do=rename&title=Mine", try await server.token(of: colleague))
        #expect(refused.code == 403)
        let set = "filter=tab%3Dsets&id=\(added.set.id)"
        _ = try await send(server, "\(set)&do=visibility&visibility=owner-only", token)
        #expect(
            try await server.test.catalogue.pictures.find(added.pictures[0], viewer: colleague.viewer) == nil)
        #expect(try await send(server, "\(set)&do=delete", token).text.contains("with 1 picture and the list"))
        #expect(try await send(server, "\(set)&do=delete&confirmed=yes", token).text.contains("1 upload is deleted."))
        #expect(try await server.test.catalogue.uploadSets.find(added.set.id, viewer: .system) == nil)
    }
}

import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Deleting one's own account")
struct LeavingTests {
    private struct Scene {
        let server: TestServer
        let account: Account
        let token: String
        let pictures: [PictureID]

        init(_ role: Role = .field) async throws {
            server = try await TestServer()
            let label = try await server.test.addLabel("Alpha")
            account = try await server.addAccount("ada", role)
            try await server.test.catalogue.labels.grant(label.id, to: account.id)
            pictures = try await server.test.addPreparedPictures(
                [TestPicture("a.jpg"), TestPicture("b.jpg")], by: account, label: label
            ).pictures
            token = try await server.token(of: account)
        }

        func leave(_ password: String, headers: HTTPFields = [:]) async throws -> Answer {
            try await server.run {
                try await $0.send(
                    .delete, "/api/users/me", token: token, headers: headers,
                    body: Array(#"{"password":"\#(password)"}"#.utf8))
            }
        }
    }

    @Test("with the password the account goes, its pictures with it, and the answer is the receipt")
    func api() async throws {
        let scene = try await Scene()
        let catalogue = scene.server.test.catalogue
        let admin = try await scene.server.token(of: try await scene.server.test.addAccount("root", .admin))
        let answer = try await scene.leave(TestServer.password)
        #expect(answer.code == 200 && answer.headers[.cacheControl] == "no-store")
        #expect(answer.string("kind") == "account" && answer.string("state") == "pending")
        #expect(answer.value("pictures") as? Int == 2)
        #expect(try await catalogue.accounts.find(scene.account.id) == nil)
        for id in scene.pictures { #expect(try await catalogue.pictures.find(id, viewer: .system) == nil) }
        try await scene.server.test.process()
        let receipt = try #require(answer.string("id"))
        try await scene.server.run { asker in
            #expect(try await asker.get("/api/users/me", token: scene.token).code == 401)
            #expect(try await asker.get("/api/receipts/\(receipt)", token: admin).string("state") == "done")
            let again = try await asker.post(
                "/api/auth/login", json: #"{"name":"ada","password":"\#(TestServer.password)"}"#)
            #expect(again.code == 401)
        }
        #expect(try await catalogue.audit.list(before: nil, limit: 1).map(\.action) == ["account.deleted"])
    }

    @Test("a wrong password deletes nothing, and guesses are counted as when signing in")
    func wrong() async throws {
        let scene = try await Scene()
        for _ in 0..<5 { #expect(try await scene.leave("not this one").code == 422) }
        let locked = try await scene.leave(TestServer.password)
        #expect(locked.code == 429 && locked.headers[.retryAfter] != nil)
        #expect(try await scene.server.test.catalogue.accounts.find(scene.account.id) != nil)
    }

    @Test("the last administrator stays")
    func lastAdministrator() async throws {
        let scene = try await Scene(.admin)
        #expect(try await scene.leave(TestServer.password).code == 409)
        #expect(try await scene.server.test.catalogue.accounts.find(scene.account.id) != nil)
    }

    @Test("the page asks for the password, shows the receipt once and signs out", arguments: ["en", "fr"])
    func page(language: String) async throws {
        let scene = try await Scene()
        let session = try await scene.server.services.login.open(for: scene.account, description: "").signed
        let headers: HTTPFields = [
            .cookie: "wayside=\(session)", .origin: "http://localhost", .acceptLanguage: language,
            .contentType: "application/x-www-form-urlencoded",
        ]
        try await scene.server.run { asker in
            let shown = try await asker.get("/account/delete", headers: headers)
            #expect(shown.text.contains(language == "en" ? "This cannot be undone." : "C’est définitif."))
            #expect(try await asker.get("/account", headers: headers).text.contains("href=\"/account/delete\""))
            let wrong = try await asker.send(
                .post, "/account/delete", headers: headers, body: Array("password=wrong".utf8))
            #expect(wrong.code == 422 && wrong.text.contains("id=\"delete-account\""))
            let form = "password=\(TestServer.password.replacing(" ", with: "+"))"
            let done = try await asker.send(.post, "/account/delete", headers: headers, body: Array(form.utf8))
            #expect(done.code == 200)
            #expect(done.headers[.setCookie]?.hasPrefix("wayside=;") == true)
            #expect(!done.text.contains("id=\"delete-account\""))
            let system = try await scene.server.test.catalogue.erasures.list(before: nil, limit: 1, viewer: .system)
            #expect(done.text.contains(try #require(system.first).id.string))
            #expect(try await asker.get("/api/users/me", headers: headers).code == 401)
        }
    }
}

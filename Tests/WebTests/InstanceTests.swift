import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("The instance as administrators set it")
struct InstanceTests {
    private let server: TestServer
    private let admin: String

    init() async throws {
        server = try await TestServer()
        admin = try await server.token(of: try await server.test.addAccount("ada", .admin))
    }

    private func change(_ asker: Asker, _ json: String) async throws -> Answer {
        try await asker.send(
            .patch, "/api/admin/instance", token: admin, headers: [.contentType: "application/json"],
            body: Array(json.utf8))
    }

    @Test("a name is on every page and in the API, and gives way to the server's own when it is taken back")
    func name() async throws {
        try await server.run { asker in
            #expect(try await change(asker, #"{"name":"Roads <of> the north"}"#).code == 200)
            for path in ["/login", "/terms"] {
                let page = try await asker.get(path)
                #expect(
                    page.text.contains("Roads &lt;of&gt; the north") && !page.text.contains("Roads <of>"), "\(path)")
            }
            #expect(try await asker.get("/api").string("title") == "Roads <of> the north")
            #expect(try await asker.get("/api/configuration").string("name", "label") == "Roads <of> the north")
            #expect(try await change(asker, #"{"name":""}"#).value("name") is NSNull)
            #expect(try await asker.get("/api").string("title") == "Wayside")
        }
    }

    @Test("a colour is a style sheet of its own, and nothing without one")
    func colour() async throws {
        try await server.run { asker in
            #expect(try await asker.get("/instance.css").text.isEmpty)
            #expect(try await asker.get("/login").text.contains("instance.css") == false)
            #expect(try await change(asker, ##"{"accent":"#7A1F5C"}"##).code == 200)
            let sheet = try await asker.get("/instance.css")
            #expect(
                sheet.headers[.contentType] == "text/css; charset=utf-8" && sheet.text.contains("--accent: #7a1f5c;"))
            #expect(try await asker.get("/login").text.contains("href=\"/instance.css\""))
            let pale = try await change(asker, ##"{"accent":"#ffee00"}"##)
            #expect(pale.code == 422 && pale.text.contains("Choose a darker one"))
            #expect(try await change(asker, #"{"accent":"red;}*{display:none"}"#).code == 422)
            #expect(try await asker.get("/api/admin/instance", token: admin).string("accent") == "#7a1f5c")
        }
    }

    @Test("one language only: nobody is offered the other, and what a browser prefers or a cookie says does not count")
    func languages() async throws {
        try await server.run { asker in
            #expect(try await change(asker, #"{"languages":["fr"]}"#).code == 200)
            let headers: HTTPFields = [.acceptLanguage: "en", .cookie: "wayside-language=en"]
            let page = try await asker.get("/login", headers: headers)
            #expect(page.text.contains("<html lang=\"fr\">") && !page.text.contains("language-switch"))
            let problem = try await asker.get("/api/pictures/x", token: admin, headers: headers)
            #expect(problem.code == 404 && problem.text.contains("n’existe pas"))
            // Both, French for who prefers neither.
            #expect(try await change(asker, #"{"languages":["fr","en"]}"#).code == 200)
            #expect(try await asker.get("/login", headers: [.acceptLanguage: "de"]).text.contains("<html lang=\"fr\">"))
            #expect(try await asker.get("/login", headers: [.acceptLanguage: "en"]).text.contains("<html lang=\"en\">"))
            #expect(try await change(asker, #"{"languages":["de"]}"#).code == 422)
        }
    }

    @Test("terms are read by everybody, in the reader's language where there is one, and never as HTML")
    func terms() async throws {
        try await server.run { asker in
            #expect(try await asker.get("/login").text.contains("href=\"/terms\"") == false)
            let text = "# Rules\\n\\nBe <b>kind</b>.\\nAlways.\\n\\n- one\\n- two"
            #expect(try await change(asker, "{\"terms\":{\"en\":\"\(text)\"}}").code == 200)
            let page = try await asker.get("/terms")
            #expect(page.code == 200 && page.text.contains("<h2>Rules</h2>"))
            #expect(page.text.contains("<p>Be &lt;b&gt;kind&lt;/b&gt;. Always.</p>"))
            #expect(page.text.contains("<ul><li>one</li><li>two</li></ul>"))
            #expect(!page.text.contains("/admin/instance"))
            #expect(try await asker.get("/login").text.contains("href=\"/terms\""))
            let french = try await asker.get("/terms", headers: [.acceptLanguage: "fr"])
            #expect(french.text.contains("<html lang=\"fr\">") && french.text.contains("lang=\"en\""))
            #expect(try await change(asker, #"{"terms":{"fr":"Soyez gentils."}}"#).code == 200)
            let own = try await asker.get("/terms", headers: [.acceptLanguage: "fr"])
            #expect(own.text.contains("Soyez gentils.") && !own.text.contains("kind"))
        }
    }

    @Test("the page takes what the API takes, keeps what was typed, and says what is wrong", arguments: ["en", "fr"])
    func page(language: String) async throws {
        try await server.run { asker in
            let headers: HTTPFields = [
                .contentType: "application/x-www-form-urlencoded", .acceptLanguage: language,
            ]
            func post(_ body: String) async throws -> Answer {
                try await asker.send(.post, "/admin/instance", token: admin, headers: headers, body: Array(body.utf8))
            }
            let bad = try await post("name=Roads&accent=%23ffee00&languages=&terms-en=Typed+words&terms-fr=")
            #expect(bad.code == 422 && bad.text.contains("Typed words") && bad.text.contains("role=\"alert\""))
            #expect(bad.text.contains(language == "en" ? "Choose a darker one" : "une plus sombre"))
            #expect(try await post("name=Roads&accent=&languages=fr+en&terms-en=a%0D%0Ab&terms-fr=").code == 303)
            let settings = try await asker.get("/api/admin/instance", token: admin)
            #expect(settings.string("name") == "Roads" && settings.value("languages") as? [String] == ["fr", "en"])
            #expect(settings.string("terms", "en") == "a\nb")
            let page = try await asker.get("/admin/instance", token: admin, headers: headers)
            #expect(page.text.contains("value=\"Roads\"") && page.text.contains("a\nb</textarea>"))
        }
    }

    @Test("what another process has changed shows within a second or so")
    func other() async throws {
        try await server.run { asker in
            _ = try await asker.get("/login")
            _ = try await server.test.catalogue.instanceSettings.change(by: .system, at: .now) { $0.name = "Elsewhere" }
            try await eventually { try await asker.get("/login").text.contains("Elsewhere") }
        }
    }
}

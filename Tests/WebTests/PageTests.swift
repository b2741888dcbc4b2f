import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

/// The pages as they come from the server, before any script runs.
@Suite("Pages")
struct PageTests {
    private func form(_ fields: [String: String]) -> [UInt8] {
        var allowed = CharacterSet.alphanumerics
        allowed.insert("-")
        let pairs = fields.map { name, value in
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")"
        }
        return Array(pairs.joined(separator: "&").utf8)
    }

    private func post(
        _ asker: Asker, _ path: String, _ fields: [String: String], cookie: String? = nil, french: Bool = false
    ) async throws -> Answer {
        var headers: HTTPFields = [
            .contentType: "application/x-www-form-urlencoded", .origin: "http://localhost", .accept: "text/html",
        ]
        if let cookie { headers[.cookie] = cookie }
        if french { headers[.acceptLanguage] = "fr-FR,fr;q=0.9,en;q=0.8" }
        return try await asker.send(.post, path, headers: headers, body: form(fields))
    }

    /// The cookie of an account that has signed in.
    private func signIn(_ asker: Asker, _ name: String) async throws -> String {
        let answer = try await post(asker, "/login", ["name": name, "password": TestServer.password])
        try #require(answer.code == 303)
        return String(try #require(answer.headers[.setCookie]).prefix { $0 != ";" })
    }

    private func get(_ asker: Asker, _ path: String, cookie: String) async throws -> Answer {
        try await asker.get(path, headers: [.cookie: cookie, .accept: "text/html"])
    }

    @Test("the language is the one chosen, else the one the browser prefers")
    func language() async throws {
        let server = try await TestServer()
        try await server.run { asker in
            let french = try await asker.get("/login", headers: [.acceptLanguage: "fr-FR,fr;q=0.9,en;q=0.8"])
            #expect(french.text.contains("<html lang=\"fr\">") && french.text.contains("Se connecter"))
            let other = try await asker.get("/login", headers: [.acceptLanguage: "de"])
            #expect(other.text.contains("<html lang=\"en\">"))
            let chosen = try await post(asker, "/language", ["language": "fr", "next": "/uploads?of=all"])
            #expect(chosen.code == 303 && chosen.headers[.location] == "/uploads?of=all")
            let cookie = String(try #require(chosen.headers[.setCookie]).prefix { $0 != ";" })
            let kept = try await asker.get("/login", headers: [.acceptLanguage: "en", .cookie: cookie])
            #expect(kept.text.contains("<html lang=\"fr\">"))
            #expect(try await post(asker, "/language", ["language": "tlh"]).code == 400)
        }
    }

    @Test("signing in leads to a page of this server, wherever a link wants it to lead")
    func safeNext() async throws {
        let server = try await TestServer()
        try await server.addAccount("anna", .field)
        try await server.run { asker in
            for (next, expected) in [
                ("/uploads", "/uploads"), ("/#pic=a&focus=pic", "/#pic=a&focus=pic"), ("//evil.example", "/"),
                ("https://evil.example", "/"), ("/\\evil.example", "/"), ("", "/"), ("/a\r\nSet-Cookie: x=y", "/"),
            ] {
                let answer = try await post(
                    asker, "/login", ["name": "anna", "password": TestServer.password, "next": next])
                #expect(answer.code == 303 && answer.headers[.location] == expected, "\(next)")
            }
        }
    }

    @Test("a wrong password is said in the reader's language, and the lock-out says how long it lasts")
    func lockOut() async throws {
        let server = try await TestServer()
        try await server.addAccount("anna", .field)
        try await server.run { asker in
            for _ in 0..<5 {
                let wrong = try await post(asker, "/login", ["name": "anna", "password": "no"], french: true)
                #expect(wrong.code == 401 && wrong.text.contains("ne vont pas ensemble"))
                #expect(wrong.headers[.setCookie] == nil)
            }
            let locked = try await post(
                asker, "/login", ["name": "anna", "password": TestServer.password], french: true)
            #expect(locked.code == 429 && locked.text.contains("Trop d’essais"))
            #expect(Int(locked.headers[.retryAfter] ?? "") != nil)
        }
    }

    @Test("whoever has a given password is led to replace it, and nowhere else")
    func firstPassword() async throws {
        let server = try await TestServer()
        try await server.addAccount("anna", .field, mustChangePassword: true)
        try await server.run { asker in
            let login = try await post(
                asker, "/login", ["name": "anna", "password": TestServer.password, "next": "/upload"])
            #expect(login.headers[.location]?.hasPrefix("/account/password?next=") == true)
            let cookie = String(try #require(login.headers[.setCookie]).prefix { $0 != ";" })
            for path in ["/", "/upload", "/uploads", "/account"] {
                let answer = try await get(asker, path, cookie: cookie)
                #expect(answer.code == 303 && answer.headers[.location] == "/account/password", "\(path)")
            }
            let fields = ["current": TestServer.password, "new": "a phrase of my own", "next": "/upload"]
            let differing = try await post(
                asker, "/account/password", fields.merging(["again": "another"]) { $1 }, cookie: cookie)
            #expect(differing.code == 422 && differing.text.contains("not the same"))
            let changed = try await post(
                asker, "/account/password", fields.merging(["again": "a phrase of my own"]) { $1 }, cookie: cookie)
            #expect(changed.code == 303 && changed.headers[.location] == "/upload")
            let fresh = String(try #require(changed.headers[.setCookie]).prefix { $0 != ";" })
            #expect(try await get(asker, "/upload", cookie: fresh).code == 200)
            #expect(try await get(asker, "/upload", cookie: cookie).code == 303)
        }
    }

    @Test("what people typed is shown as text, never as markup")
    func escaping() async throws {
        let server = try await TestServer()
        try await server.addAccount("anna", .admin)
        try await server.test.addAccount("<img src=x onerror=alert(1)>", .field)
        try await server.run { asker in
            let cookie = try await signIn(asker, "anna")
            let accounts = try await get(asker, "/admin/accounts", cookie: cookie).text
            #expect(!accounts.contains("<img") && accounts.contains("&lt;img src=x onerror=alert(1)&gt;"))
            let draft = try await post(
                asker, "/admin/labels", ["name": "\"><script>", "redaction": "fast"], cookie: cookie)
            #expect(draft.code == 422 && !draft.text.contains("\"><script>"))
            let said = try await get(asker, "/account?said=%3Cb%3Epwned", cookie: cookie).text
            #expect(!said.contains("pwned"))
        }
    }

    @Test("a secret is on one answer only, which nothing keeps")
    func secrets() async throws {
        let server = try await TestServer()
        try await server.addAccount("anna", .admin)
        try await server.run { asker in
            let cookie = try await signIn(asker, "anna")
            let made = try await post(asker, "/admin/accounts", ["name": "bob", "role": "viewer"], cookie: cookie)
            let password = try #require(made.text.firstMatch(of: /id="secret">([^<]+)</)).1
            #expect(made.headers[.cacheControl] == "no-store")
            #expect(try await get(asker, "/admin/accounts", cookie: cookie).text.contains(password) == false)
            let login = try await post(asker, "/login", ["name": "bob", "password": String(password)])
            #expect(login.headers[.location]?.hasPrefix("/account/password") == true)

            let token = try await post(asker, "/account/tokens", ["description": "QGIS"], cookie: cookie)
            let jwt = try #require(token.text.firstMatch(of: /id="secret">([^<]+)</)).1
            #expect(token.headers[.cacheControl] == "no-store")
            #expect(try await asker.get("/api/collections", token: String(jwt)).code == 200)
        }
    }

    @Test("nothing is left unhidden without a confirmation")
    func confirmation() async throws {
        let server = try await TestServer()
        try await server.addAccount("anna", .admin)
        let label = try await server.test.addLabel("CAM")
        let preset: @Sendable () async throws -> RedactionPreset? = {
            try await server.test.catalogue.labels.find(label.id, viewer: .system)?.redaction.preset
        }
        try await server.run { asker in
            let cookie = try await signIn(asker, "anna")
            let path = "/admin/labels/\(label.id)/redaction"
            #expect(try await post(asker, path, ["redaction": "none"], cookie: cookie).code == 422)
            #expect(try await preset() == .default)
            let confirmed = try await post(asker, path, ["redaction": "none", "confirm": "yes"], cookie: cookie)
            #expect(confirmed.code == 303)
            #expect(try await preset() == RedactionPreset.none)
            #expect(try await get(asker, "/admin/labels", cookie: cookie).text.contains("Nothing is hidden"))
        }
    }

    @Test("the navigation offers what the role may do")
    func navigation() async throws {
        let server = try await TestServer()
        let offers: [(Role, [String])] = [
            (.viewer, []), (.field, ["/upload", "/uploads"]), (.manager, ["/upload", "/uploads"]),
            (.admin, ["/upload", "/uploads", "/admin"]),
        ]
        for (role, _) in offers { try await server.addAccount(role.rawValue, role) }
        try await server.run { asker in
            for (role, links) in offers {
                let page = try await get(asker, "/", cookie: try await signIn(asker, role.rawValue))
                #expect(page.code == 200)
                for link in ["/upload", "/uploads", "/admin"] {
                    #expect(page.text.contains("<a href=\"\(link)\"") == links.contains(link), "\(role) \(link)")
                }
            }
        }
    }
}

import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

/// Programs that sign in by opening a page.
@Suite("Letting a program in")
struct TokenClaimTests {
    private static let generate = "/api/auth/tokens/generate"
    private static let program: HTTPFields = [.userAgent: "PanoramaxCLI/1.4.1 <b>of Ada</b>"]
    private static let ours: HTTPFields = [
        .contentType: "application/x-www-form-urlencoded", .origin: "http://localhost",
        .secFetchSite: "same-origin", .accept: "text/html",
    ]

    private let clock = TestClock()

    private func server(change: (inout WebConfiguration) -> Void = { _ in }) async throws -> TestServer {
        try await TestServer(clock: clock, change: change)
    }

    private func signIn(_ asker: Asker, _ name: String) async throws -> String {
        let json = #"{"name":"\#(name)","password":"\#(TestServer.password)"}"#
        let answer = try await asker.post("/api/auth/login", json: json, headers: [.origin: "http://localhost"])
        try #require(answer.code == 200)
        return String(try #require(answer.headers[.setCookie]).prefix { $0 != ";" })
    }

    private func answer(
        _ asker: Asker, _ code: String, _ word: String, cookie: String?, headers: HTTPFields = Self.ours
    ) async throws -> Answer {
        var headers = headers
        if let cookie { headers[.cookie] = cookie }
        return try await asker.send(.post, "/claim/\(code)", headers: headers, body: Array("answer=\(word)".utf8))
    }

    @Test("a program gets a token that is worth nothing until somebody signed in says yes, once")
    func claim() async throws {
        let server = try await server()
        try await server.addAccount("ada", .field)
        try await server.run { asker in
            let made = try await asker.send(.post, Self.generate, headers: Self.program)
            #expect(made.code == 200 && made.headers[.cacheControl] == "no-store")
            let (code, token) = (try #require(made.string("id")), try #require(made.string("jwt_token")))
            #expect(code.count == 32 && code.allSatisfy(\.isHexDigit))
            #expect(made.target("claim") == "/api/auth/tokens/\(code)/claim")
            for path in ["/api/users/me", "/api/collections", "/api/users/me/tokens"] {
                #expect(try await asker.get(path, token: token).code == 401, "\(path)")
            }

            let cookie = try await signIn(asker, "ada")
            let sent = try await asker.get("/api/auth/tokens/\(code)/claim", headers: [.cookie: cookie])
            #expect(sent.code == 303 && sent.headers[.location] == "/claim/\(code)")
            let page = try await asker.get("/claim/\(code)", headers: [.cookie: cookie, .accept: "text/html"])
            #expect(page.code == 200 && page.headers[.cacheControl] == "no-store")
            for part in ["PanoramaxCLI/1.4.1 &lt;b&gt;of Ada&lt;/b&gt;", "send pictures", "ada (", "datetime=\""] {
                #expect(page.text.contains(part), "\(part)")
            }
            #expect(!page.text.contains(token))
            #expect(try await asker.get("/api/users/me", token: token).code == 401, "looking binds nothing")

            let done = try await answer(asker, code, "yes", cookie: cookie)
            #expect(done.code == 303 && done.headers[.location] == "/account?said=account.claimed")
            #expect(try await asker.get("/api/users/me", token: token).string("name") == "ada")
            #expect(try await answer(asker, code, "yes", cookie: cookie).code == 404, "once only")
            let tokens = try await asker.get("/api/users/me/tokens", headers: [.cookie: cookie])
            #expect(tokens.string("0", "description")?.hasPrefix("PanoramaxCLI") == true)
            let id = try #require(tokens.string("0", "id"))
            let one = try await asker.get("/api/users/me/tokens/\(id)", token: token)
            #expect(one.string("id") == id && !one.text.contains("jwt"))
        }
    }

    @Test("a page of another site binds nothing, neither by a link nor by a form that it sends")
    func crossSite() async throws {
        let server = try await server()
        try await server.addAccount("ada", .admin)
        try await server.run { asker in
            let made = try await asker.send(.post, Self.generate, headers: Self.program)
            let (code, token) = (try #require(made.string("id")), try #require(made.string("jwt_token")))
            let cookie = try await signIn(asker, "ada")
            let navigation: HTTPFields = [
                .cookie: cookie, .accept: "text/html", .secFetchSite: "cross-site",
                HTTPField.Name("Sec-Fetch-Mode") ?? .origin: "navigate",
            ]
            for path in ["/api/auth/tokens/\(code)/claim", "/claim/\(code)", "/claim/\(code)?answer=yes"] {
                _ = try await asker.get(path, headers: navigation)
            }
            let form: HTTPField = .init(name: .contentType, value: "application/x-www-form-urlencoded")
            for (name, value) in [
                (HTTPField.Name.secFetchSite, "cross-site"), (.secFetchSite, "same-site"),
                (.origin, "https://evil.example"), (.origin, "null"), (.userAgent, "without any of them"),
            ] {
                let headers = HTTPFields([form, .init(name: name, value: value)])
                #expect(try await answer(asker, code, "yes", cookie: cookie, headers: headers).code == 403, "\(value)")
            }
            #expect(try await asker.get("/api/users/me", token: token).code == 401)
            #expect(try await answer(asker, code, "yes", cookie: cookie).code == 303)
            #expect(try await asker.get("/api/users/me", token: token).code == 200)
        }
    }

    @Test("a guest is sent to sign in and back, and learns nothing of which codes there are")
    func guests() async throws {
        let server = try await server()
        try await server.run { asker in
            let made = try await asker.send(.post, Self.generate, headers: Self.program)
            let code = try #require(made.string("id"))
            for name in [code, String(repeating: "0", count: 32)] {
                let page = try await asker.get("/claim/\(name)", headers: [.accept: "text/html"])
                #expect(page.code == 303 && page.headers[.location] == "/login?next=/claim/\(name)")
                #expect(try await asker.get("/claim/\(name)").code == 401)
                #expect(try await answer(asker, name, "yes", cookie: nil).code == 303)
            }
            #expect(try await server.services.catalogue.tokenRequests.find(code, at: clock.now) != nil)
        }
    }

    @Test("whoever did not ask says no, and then nobody can say yes")
    func refusal() async throws {
        let server = try await server()
        try await server.addAccount("ada", .viewer)
        try await server.run { asker in
            let made = try await asker.send(.post, Self.generate)
            let code = try #require(made.string("id"))
            let cookie = try await signIn(asker, "ada")
            #expect(try await answer(asker, code, "perhaps", cookie: cookie).code == 400)
            let refused = try await answer(asker, code, "no", cookie: cookie)
            #expect(refused.headers[.location] == "/account?said=account.refused")
            let late = try await answer(asker, code, "yes", cookie: cookie)
            #expect(late.code == 404 && late.text.contains("id=\"gone\""))
            let token = try #require(made.string("jwt_token"))
            #expect(try await asker.get("/api/users/me", token: token).code == 401)
        }
    }

    @Test("after a quarter of an hour it cannot be claimed, and nothing of it is left")
    func expiry() async throws {
        let server = try await server()
        try await server.addAccount("ada", .viewer)
        let requests = server.services.catalogue.tokenRequests
        try await server.run { asker in
            let cookie = try await signIn(asker, "ada")
            let first = try #require(try await asker.send(.post, Self.generate).string("id"))
            clock.advance(by: 899)
            #expect(try await asker.get("/claim/\(first)", headers: [.cookie: cookie]).code == 200)
            clock.advance(by: 1)
            let page = try await asker.get("/claim/\(first)", headers: [.cookie: cookie, .accept: "text/html"])
            #expect(page.code == 404 && page.text.contains("id=\"gone\""))
            #expect(try await answer(asker, first, "yes", cookie: cookie).code == 404)
            // Still there for one who looks with an old clock, until the next one or the janitor comes.
            #expect(try await requests.find(first, at: .distantPast) != nil)
            let second = try #require(try await asker.send(.post, Self.generate).string("id"))
            #expect(try await requests.find(first, at: .distantPast) == nil)
            clock.advance(by: 900)
            try await requests.forget(at: clock.now)
            #expect(try await requests.find(second, at: .distantPast) == nil)
        }
    }

    @Test("tokens are limited by the hour, for each address behind a trusted proxy, and come again in time")
    func addressQuota() async throws {
        let server = try await server {
            $0.tokensPerHour = 2
            $0.trustedProxies = ["127.0.0.1", "::1"]
        }
        try await server.runLive { asker in
            func generate(from address: String) async throws -> Answer {
                try await asker.send(.post, Self.generate, headers: [.forwardedFor: address], body: [])
            }
            #expect(try await generate(from: "192.0.2.7").code == 200)
            clock.advance(by: 600)
            #expect(try await generate(from: "192.0.2.7").code == 200)
            let refused = try await generate(from: "192.0.2.7")
            #expect(refused.code == 429 && refused.headers[.retryAfter] == "3000")
            #expect(refused.headers[.contentType]?.hasPrefix("application/problem+json") == true)
            #expect(try await generate(from: "192.0.2.8").code == 200)
            // The addresses of one household count together.
            #expect(try await generate(from: "2001:db8::1").code == 200)
            #expect(try await generate(from: "2001:db8::2").code == 200)
            #expect(try await generate(from: "2001:db8::3").code == 429)
            clock.advance(by: 3000)
            #expect(try await generate(from: "192.0.2.7").code == 200)
        }
    }

    @Test("what a client says of its address counts only behind a trusted proxy")
    func untrusted() async throws {
        let server = try await server { $0.tokensPerHour = 1 }
        try await server.runLive { asker in
            let first = try await asker.send(.post, Self.generate, headers: [.forwardedFor: "192.0.2.7"], body: [])
            let second = try await asker.send(.post, Self.generate, headers: [.forwardedFor: "192.0.2.8"], body: [])
            #expect(first.code == 200 && second.code == 429)
        }
    }

    @Test("an account makes so many tokens an hour, by the API, on the page and by claims together")
    func accountQuota() async throws {
        let server = try await server { $0.tokensPerHour = 3 }
        try await server.addAccount("ada", .viewer)
        try await server.addAccount("bob", .viewer)
        try await server.run { asker in
            let cookie = try await signIn(asker, "ada")
            let made = try #require(try await asker.send(.post, Self.generate).string("id"))
            let spare = try #require(try await asker.send(.post, Self.generate).string("id"))
            var headers = Self.ours
            headers[.cookie] = cookie
            let create = { try await asker.send(.post, "/api/users/me/tokens", headers: headers) }
            #expect(try await create().code == 201)
            #expect(
                try await asker.send(.post, "/account/tokens", headers: headers, body: Array("description=x".utf8))
                    .code == 200)
            #expect(try await answer(asker, made, "yes", cookie: cookie).code == 303)
            let refused = try await create()
            #expect(refused.code == 429 && refused.headers[.retryAfter] == "3600")
            #expect(try await answer(asker, spare, "yes", cookie: cookie).code == 429)
            let other = try await signIn(asker, "bob")
            #expect(try await answer(asker, spare, "yes", cookie: other).code == 303)
            clock.advance(by: 3600)
            #expect(try await create().code == 201)
        }
    }

    @Test("Panoramax's address for signing in leads to the page, and back to nowhere but this server")
    func loginAddress() async throws {
        let server = try await server()
        try await server.run { asker in
            for (next, expected) in [
                ("", "%2F"), ("?next_url=%2Fuploads", "%2Fuploads"),
                ("?next_url=http%3A%2F%2Flocalhost%2Fuploads", "%2Fuploads"),
                ("?next_url=https%3A%2F%2Fevil.example%2F", "%2F"), ("?next_url=%2F%2Fevil.example", "%2F"),
            ] {
                let answer = try await asker.get("/api/auth/login\(next)")
                #expect(answer.code == 303 && answer.headers[.location] == "/login?next=\(expected)", "\(next)")
            }
        }
    }
}

extension HTTPField.Name {
    fileprivate static let secFetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .origin
    fileprivate static let forwardedFor = HTTPField.Name("X-Forwarded-For") ?? .origin
}

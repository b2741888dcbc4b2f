import Crypto
import Foundation
import NIOHTTP1
import TestSupport
import Testing

/// Who gets in and who does not, on the built server.
@Suite("Login and tokens on the built server", .timeLimit(.minutes(5)))
struct AccessTests {
    /// A running server with one account, and what its holder knows.
    private struct Scene {
        let server: BuiltServer
        let token: String

        static let password = "correct horse battery"

        init() async throws {
            server = try BuiltServer()
            try await server.start()
            try await server.wayside(
                "account", "create", "driver", "--role", "field", "--password-stdin", input: "\(Self.password)\n")
            token = try await server.wayside("token", "create", "driver")
        }

        func status(with token: String?) async throws -> Int {
            try await Client(server, token: token).get("/api/users/me").status
        }

        /// Signs in over the API; the cookie, or nil.
        func signIn(_ password: String, headers: [String: String] = [:]) async throws -> (Int, cookie: String?) {
            let answer = try await Client(server).post(
                "/api/auth/login", json: #"{"name": "driver", "password": "\#(password)"}"#, headers: headers)
            let cookie = answer.headers["Set-Cookie"].first { $0.hasPrefix("wayside=") }
            return (answer.status, cookie?.split(separator: ";").first.map(String.init))
        }
    }

    @Test("a token made beside the running server works within a second")
    func token() async throws {
        let scene = try await Scene()
        #expect(try await scene.status(with: nil) == 401)
        let token = try await scene.server.wayside("token", "create", "driver")
        try await eventually(within: .seconds(1), orAsks: 50) { try await scene.status(with: token) == 200 }
        // The text is the token and nothing else, ready for a variable of a script.
        #expect(scene.token.split(separator: ".").count == 3)
        #expect(!scene.token.contains { $0.isWhitespace })
    }

    @Test("forged tokens are refused, whatever they look like")
    func forged() async throws {
        let scene = try await Scene()
        let key = try ForgedToken.serverKey(dataFolder: scene.server.data)
        let genuine = try ForgedToken(scene.token)
        // Put together again without a change it holds: what follows fails for its one change only.
        #expect(try await scene.status(with: genuine.signed(with: key)) == 200)

        var other = genuine
        other.claims["sub"] = UUID().uuidString.lowercased()
        var none = genuine
        none.header["alg"] = "none"
        var longer = genuine
        longer.header["alg"] = "HS512"
        var session = genuine
        session.claims["aud"] = "wayside:login"
        var stranger = genuine
        stranger.claims["jti"] = UUID().uuidString.lowercased()
        let cut = String(scene.token.dropLast(4))
        let wrong = [
            "the old signature under another account": try other.withOldSignature(),
            "no algorithm, no signature": try none.unsigned(),
            "no algorithm, the old signature": try none.withOldSignature(),
            "another algorithm in the header": try longer.signed(with: key),
            "another key": try genuine.signed(with: SymmetricKey(size: .bits256)),
            "an empty key": try genuine.signed(with: SymmetricKey(data: Data())),
            "made for the login cookie": try session.signed(with: key),
            "a row that is not there": try stranger.signed(with: key),
            "a signature cut short": cut,
            "no token": "x", "three dots": "a.b.c",
        ]
        for (what, text) in wrong { #expect(try await scene.status(with: text) == 401, "\(what)") }
        #expect(try await scene.status(with: scene.token) == 200)
    }

    @Test("an expired token is refused, and so is one that never expires")
    func expired() async throws {
        let scene = try await Scene()
        let key = try ForgedToken.serverKey(dataFolder: scene.server.data)
        var token = try ForgedToken(scene.token)
        token.claims["exp"] = Int(Date().timeIntervalSince1970) + 60
        #expect(try await scene.status(with: token.signed(with: key)) == 200)
        token.claims["exp"] = Int(Date().timeIntervalSince1970) - 60
        #expect(try await scene.status(with: token.signed(with: key)) == 401)
        token.claims["exp"] = nil
        #expect(try await scene.status(with: token.signed(with: key)) == 401)
    }

    @Test("a revoked token is refused at once, others hold on")
    func revoked() async throws {
        let scene = try await Scene()
        let second = try await scene.server.wayside("token", "create", "driver")
        #expect(try await scene.status(with: second) == 200)
        let identifier = try ForgedToken(second).identifier
        let answer = try await Client(scene.server, token: scene.token).send(
            "DELETE", "/api/users/me/tokens/\(identifier)")
        #expect(answer.status == 204)
        #expect(try await scene.status(with: second) == 401)
        #expect(try await scene.status(with: scene.token) == 200)
    }

    @Test("a POST from another site is refused, with and without a login")
    func crossSite() async throws {
        let scene = try await Scene()
        let evil = ["Origin": "https://evil.example"]
        #expect(try await scene.signIn(Scene.password, headers: evil).0 == 403)
        let cookie = try #require(try await scene.signIn(Scene.password).cookie)
        let client = Client(scene.server)
        let change = #"{"old": "\#(Scene.password)", "new": "another horse battery"}"#
        let attempts: [[String: String]] = [
            ["Cookie": cookie, "Origin": "https://evil.example"],
            ["Cookie": cookie, "Origin": "null"],
            ["Cookie": cookie, "Sec-Fetch-Site": "cross-site"],
            ["Cookie": cookie, "Sec-Fetch-Site": "same-site"],
            // A request that says nothing of where it comes from is not taken with a cookie.
            ["Cookie": cookie],
        ]
        for headers in attempts {
            #expect(try await client.post("/api/users/me/password", json: change, headers: headers).status == 403)
        }
        let own = ["Cookie": cookie, "Origin": scene.server.origin]
        #expect(try await client.post("/api/users/me/password", json: change, headers: own).status == 200)
    }

    @Test("after a few wrong passwords the name is locked, even for the right one, and others are not")
    func lockOut() async throws {
        let scene = try await Scene()
        try await scene.server.wayside(
            "account", "create", "other", "--role", "viewer", "--password-stdin", input: "some other password\n")
        var statuses: [Int] = []
        for attempt in 0..<6 { statuses.append(try await scene.signIn("wrong \(attempt)").0) }
        #expect(statuses.prefix(5).allSatisfy { $0 == 401 })
        #expect(statuses.last == 429)
        let locked = try await Client(scene.server).post(
            "/api/auth/login", json: #"{"name": "DRIVER", "password": "\#(Scene.password)"}"#)
        #expect(locked.status == 429)
        #expect((Int(locked.headers.first(name: "Retry-After") ?? "") ?? 0) > 0)
        let other = try await Client(scene.server).post(
            "/api/auth/login", json: #"{"name": "other", "password": "some other password"}"#)
        #expect(other.status == 200)
        // A token is not a password: it goes on working, and so does the lock after a restart.
        #expect(try await scene.status(with: scene.token) == 200)
        try await scene.server.kill()
        try await scene.server.start()
        #expect(try await scene.signIn(Scene.password).0 == 429)
    }

    @Test("a given password opens nothing but the page to change it")
    func forcedChange() async throws {
        let scene = try await Scene()
        let client = Client(scene.server)
        let form = "name=driver&password=\(Scene.password.replacingOccurrences(of: " ", with: "+"))"
        let login = try await client.send(
            "POST", "/login",
            headers: ["Content-Type": "application/x-www-form-urlencoded", "Origin": scene.server.origin],
            body: Data(form.utf8))
        #expect(login.status == 303)
        #expect(login.headers.first(name: "Location")?.hasPrefix("/account/password") == true)
        let setCookie = try #require(login.headers["Set-Cookie"].first { $0.hasPrefix("wayside=") })
        #expect(setCookie.contains("HttpOnly") && setCookie.lowercased().contains("samesite=lax"))
        let cookie = String(setCookie.prefix { $0 != ";" })
        let browser = ["Cookie": cookie, "Origin": scene.server.origin, "Accept": "text/html"]

        for page in ["/", "/upload", "/uploads", "/account"] {
            let answer = try await client.get(page, headers: browser)
            #expect(answer.status == 303, "\(page)")
            #expect(answer.headers.first(name: "Location")?.hasPrefix("/account/password") == true, "\(page)")
        }
        for route in ["/api/search", "/api/collections", "/api/users/me/upload_sets"] {
            #expect(try await client.get(route, headers: ["Cookie": cookie]).status == 403, "\(route)")
        }
        #expect(try await client.get("/account/password", headers: browser).status == 200)

        let change = try await client.post(
            "/api/users/me/password", json: #"{"old": "\#(Scene.password)", "new": "a password of my own"}"#,
            headers: browser)
        #expect(change.status == 200)
        // The old session ended with the old password; the new one is free.
        #expect(try await client.get("/api/search", headers: ["Cookie": cookie]).status == 401)
        let fresh = try #require(try await scene.signIn("a password of my own").cookie)
        #expect(try await client.get("/api/search", headers: ["Cookie": fresh]).status == 200)
        #expect(try await client.get("/", headers: ["Cookie": fresh]).status == 200)
        #expect(try await scene.signIn(Scene.password).0 == 401)
    }
}

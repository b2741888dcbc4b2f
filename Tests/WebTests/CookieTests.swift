import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Signed in with a cookie")
struct CookieTests {
    private static let me = "/api/users/me"

    @Test("signing in sets a cookie that scripts cannot read; signing out ends it")
    func cookie() async throws {
        let server = try await TestServer()
        try await server.addAccount("Anna", .field)
        try await server.run { asker in
            let login = try await asker.post(
                "/api/auth/login", json: #"{"name":"anna","password":"\#(TestServer.password)"}"#)
            #expect(login.code == 200)
            let header = try #require(login.headers[.setCookie])
            #expect(header.contains("HttpOnly") && header.contains("SameSite=Lax") && header.contains("Path=/"))
            let cookie = String(header.prefix { $0 != ";" })
            let same: HTTPFields = [.cookie: cookie, .origin: "http://localhost"]
            #expect(try await asker.get(Self.me, headers: same).code == 200)
            #expect(try await asker.send(.post, "/api/auth/logout", headers: same).code == 204)
            #expect(try await asker.get(Self.me, headers: same).code == 401)
        }
    }

    @Test("over TLS the cookie is bound to this host")
    func secureCookie() async throws {
        let server = try await TestServer { $0.publicURL = "https://pictures.example" }
        try await server.addAccount("anna", .field)
        let login = try await server.run {
            try await $0.post("/api/auth/login", json: #"{"name":"anna","password":"\#(TestServer.password)"}"#)
        }
        let header = try #require(login.headers[.setCookie])
        #expect(header.hasPrefix("__Host-wayside=") && header.contains("Secure"))
        #expect(login.headers[.strictTransportSecurity] != nil)
    }

    @Test("a change that another site sends with the cookie is refused")
    func crossSite() async throws {
        let server = try await TestServer()
        let anna = try await server.test.addAccount("anna", .field)
        let session = try await server.services.login.open(for: anna, description: "").signed
        let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
        let cases: [(HTTPFields, Int)] = [
            ([site: "cross-site"], 403), ([site: "same-site"], 403), ([.origin: "https://evil.example"], 403),
            ([.origin: "null"], 403), ([:], 403), ([site: "cross-site", .origin: "http://localhost"], 403),
            ([site: "same-origin"], 201), ([.origin: "http://localhost"], 201),
        ]
        for (headers, expected) in cases {
            var headers = headers
            headers[.cookie] = "wayside=\(session)"
            let code = try await server.run { [headers] in
                try await $0.post("/api/users/me/tokens", json: "{}", headers: headers).code
            }
            #expect(code == expected, "\(headers)")
        }
        // Reading needs no such proof, and a bearer token is not added by browsers.
        let token = try await server.token(of: anna)
        let read = try await server.run {
            try await $0.get(Self.me, headers: [.cookie: "wayside=\(session)", site: "cross-site"]).code
        }
        let bearer = try await server.run {
            try await $0.post("/api/users/me/tokens", json: "{}", token: token, headers: [site: "cross-site"]).code
        }
        #expect(read == 200)
        #expect(bearer == 201)
    }

    @Test("signing in from another site is refused too")
    func crossSiteLogin() async throws {
        let server = try await TestServer()
        try await server.addAccount("anna", .field)
        let code = try await server.run {
            try await $0.post(
                "/api/auth/login", json: #"{"name":"anna","password":"\#(TestServer.password)"}"#,
                headers: [.origin: "https://evil.example"]
            ).code
        }
        #expect(code == 403)
    }
}

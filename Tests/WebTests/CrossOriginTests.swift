import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

/// Pages of other sites that read the API in a browser: editors (CORS protocol, WHATWG Fetch §3.3).
@Suite("Pages of other origins")
struct CrossOriginTests {
    private static let editor = "https://editor.example.org"
    private static let method = HTTPField.Name("Access-Control-Request-Method") ?? .origin

    private func street() async throws -> (TestServer, PictureID, SequenceID) {
        let server = try await TestServer {
            $0.corsOrigins = [Self.editor]
            $0.isPublic = true
        }
        let label = try await server.test.addLabel("Alpha-7")
        let owner = try await server.test.addAccount("owner", .field, grants: [label])
        let picture = try await server.test.addPreparedPicture(by: owner, label: label, visibility: .anyone)
        try await server.fillStore(for: picture)
        let found = try await server.test.catalogue.pictures.find(picture, viewer: .system)
        return (server, picture, try #require(found?.sequenceID))
    }

    @Test("a listed origin reads API, tiles and pictures; errors too, and never with a cookie")
    func listed() async throws {
        let (server, picture, sequence) = try await street()
        try await server.run { asker in
            for path in [
                "/api", "/api/search", "/api/collections/\(sequence)/items", "/api/map/15/16598/11273.mvt",
                "/api/pictures/\(picture)/thumb.jpg", "/api/pictures/00000000-0000-4000-8000-000000000000",
                "/api/nothing",
            ] {
                let answer = try await asker.get(path, headers: [.origin: Self.editor])
                #expect(answer.headers[.accessControlAllowOrigin] == Self.editor, "\(path)")
                #expect(answer.headers[.accessControlAllowCredentials] == nil)
                #expect(answer.headers[.vary]?.contains("Origin") == true)
                #expect(answer.headers[.accessControlExposeHeaders]?.contains("Retry-After") == true)
            }
            let image = try await asker.get("/api/pictures/\(picture)/sd.jpg", headers: [.origin: Self.editor])
            #expect(image.code == 200 && image.headers[.crossOriginResourcePolicy] == "cross-origin")
        }
    }

    @Test(
        "nobody else is told anything",
        arguments: [
            "https://evil.example", "null", "http://editor.example.org", "https://editor.example.org.evil.example",
            "https://editor.example.org:8443", "",
        ])
    func unlisted(origin: String) async throws {
        let (server, picture, _) = try await street()
        try await server.run { asker in
            for path in ["/api", "/api/search", "/api/pictures/\(picture)/thumb.jpg"] {
                let answer = try await asker.get(path, headers: [.origin: origin])
                #expect(answer.headers[.accessControlAllowOrigin] == nil)
                #expect(answer.headers[.vary]?.contains("Origin") == true, "else a cache gives one's answer to another")
                let asked = try await asker.send(
                    .options, path, headers: [.origin: origin, Self.method: "GET"])
                #expect(asked.code == 405 && asked.headers[.accessControlAllowOrigin] == nil)
            }
            let image = try await asker.get("/api/pictures/\(picture)/sd.jpg", headers: [.origin: origin])
            #expect(image.headers[.crossOriginResourcePolicy] == "same-origin")
        }
    }

    @Test("a preflight from a listed origin is answered for the API, and for no page")
    func preflight() async throws {
        let (server, _, _) = try await street()
        try await server.run { asker in
            let headers: HTTPFields = [
                .origin: Self.editor, Self.method: "PATCH",
                HTTPField.Name("Access-Control-Request-Headers") ?? .origin: "authorization,if-match,upload-offset",
            ]
            let answer = try await asker.send(.options, "/api/collections/x/items/y", headers: headers)
            #expect(answer.code == 204 && answer.headers[.accessControlAllowOrigin] == Self.editor)
            #expect(answer.headers[.accessControlAllowMethods]?.contains("PATCH") == true)
            let allowed = answer.headers[.accessControlAllowHeaders]?.lowercased() ?? ""
            for name in ["authorization", "if-match", "upload-offset", "content-type"] {
                #expect(allowed.contains(name), "\(name)")
            }
            for path in ["/", "/account", "/login", "/apix"] {
                let page = try await asker.send(.options, path, headers: headers)
                #expect(page.code != 204 && page.headers[.accessControlAllowOrigin] == nil, "\(path)")
                let read = try await asker.get(path, headers: [.origin: Self.editor])
                #expect(read.headers[.accessControlAllowOrigin] == nil, "\(path)")
            }
        }
    }

    @Test(
        "a listed origin searches and asks for tokens without one, and cannot use a person's cookie to change anything")
    func changes() async throws {
        let (server, _, sequence) = try await street()
        try await server.addAccount("ada", .admin)
        try await server.run { asker in
            let json = #"{"name":"ada","password":"\#(TestServer.password)"}"#
            let login = try await asker.post("/api/auth/login", json: json, headers: [.origin: "http://localhost"])
            let cookie = String(try #require(login.headers[.setCookie]).prefix { $0 != ";" })
            let site = HTTPField.Name("Sec-Fetch-Site") ?? .origin
            let foreign: HTTPFields = [.origin: Self.editor, site: "cross-site"]
            #expect(try await asker.post("/api/search", json: "{}", headers: foreign).code == 200)
            #expect(try await asker.post("/api/auth/tokens/generate", json: "", headers: foreign).code == 200)
            #expect(try await asker.post("/api/auth/login", json: json, headers: foreign).code == 403)
            var borrowed = foreign
            borrowed[.cookie] = cookie
            let path = "/api/collections/\(sequence)"
            #expect(try await asker.send(.delete, path, headers: borrowed).code == 403)
            #expect(try await asker.post("/api/users/me/tokens", json: "{}", headers: borrowed).code == 403)
            var evil: HTTPFields = [.origin: "https://evil.example", site: "cross-site"]
            #expect(try await asker.post("/api/search", json: "{}", headers: evil).code == 403)
            let token = try #require(
                try await asker.send(.post, "/api/users/me/tokens", headers: [.cookie: cookie, site: "same-origin"])
                    .string("jwt_token"))
            #expect(try await asker.send(.delete, path, token: token, headers: foreign).code == 204)
            evil[.cookie] = cookie
            #expect(try await asker.get(path, headers: evil).headers[.accessControlAllowOrigin] == nil)
        }
    }

    @Test("where no origin is listed, nothing is said of origins at all")
    func none() async throws {
        let server = try await TestServer { $0.isPublic = true }
        try await server.run { asker in
            let answer = try await asker.get("/api", headers: [.origin: Self.editor])
            #expect(answer.code == 200 && answer.headers[.accessControlAllowOrigin] == nil)
            #expect(answer.headers[.vary]?.contains("Origin") != true)
        }
    }
}

import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Headers, addresses and static files")
struct ProtocolTests {
    @Test("every answer carries the headers that protect its reader")
    func security() async throws {
        let server = try await TestServer()
        for path in ["/api", "/api/search", "/no-such-page"] {
            let answer = try await server.run { try await $0.get(path) }
            let policy = try #require(answer.headers[.contentSecurityPolicy])
            #expect(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "\(path)")
            #expect(answer.headers[.xContentTypeOptions] == "nosniff")
        }
    }

    @Test("a browser without a login is sent to the login page and back")
    func toLogin() async throws {
        let server = try await TestServer()
        // A path under /api is for programs, whatever they accept.
        let answer = try await server.run { try await $0.get("/api/collections", headers: [.accept: "text/html"]) }
        #expect(answer.code == 401)
        #expect(answer.headers[.wwwAuthenticate] == "Bearer")
    }

    @Test("the Host header counts on loopback only")
    func baseURL() async throws {
        #expect(WebConfiguration(publicURL: "https://pictures.example/").publicURL == "https://pictures.example")
        let server = try await TestServer { $0.publicURL = "https://pictures.example" }
        let answer = try await server.run { try await $0.get("/api") }
        #expect(answer.links("self").first?["href"] as? String == "https://pictures.example/api")
    }

    @Test("static files are served with a tag, compressed and in parts, and nothing else is")
    func staticFiles() async throws {
        let server = try await TestServer()
        let folder = server.test.folder.file("public")
        try FileManager.default.createDirectory(atPath: folder + "/js", withIntermediateDirectories: true)
        let script = String(repeating: "export const a = 1;\n", count: 200)
        try script.write(toFile: folder + "/js/map.js", atomically: true, encoding: .utf8)
        try "secret".write(toFile: folder + "/.hidden", atomically: true, encoding: .utf8)
        try await server.run { asker in
            let plain = try await asker.get("/js/map.js")
            #expect(plain.code == 200)
            #expect(plain.text == script)
            #expect(plain.headers[.contentType] == "text/javascript; charset=utf-8")
            let packed = try await asker.get("/js/map.js", headers: [.acceptEncoding: "gzip"])
            #expect(packed.headers[.contentEncoding] == "gzip")
            #expect(try Gunzip.bytes(packed.bytes) == Array(script.utf8))
            let tag = try #require(plain.headers[.eTag])
            #expect(try await asker.get("/js/map.js", headers: [.ifNoneMatch: tag]).code == 304)
            let part = try await asker.get("/js/map.js", headers: [.range: "bytes=0-5", .acceptEncoding: "gzip"])
            #expect(part.text == "export")
            let fresh = try #require(plain.headers[.lastModified])
            // Within its second it may have changed twice.
            #expect(try await asker.get("/js/map.js", headers: [.range: "bytes=0-5", .ifRange: fresh]).code == 200)
            let old = Date(timeIntervalSinceNow: -3600)
            try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: folder + "/js/map.js")
            let settled = try #require(try await asker.get("/js/map.js").headers[.lastModified])
            #expect(settled != fresh)
            for (date, code) in [(settled, 206), (fresh, 200), ("Tue, 01 Jan 2019 00:00:00 GMT", 200)] {
                let headers: HTTPFields = [.range: "bytes=0-5", .ifRange: date]
                #expect(try await asker.get("/js/map.js", headers: headers).code == code, "\(date)")
            }
            #expect(try await asker.send(.head, "/js/map.js").headers[.contentLength] == "\(script.utf8.count)")
            let head = try await asker.send(.head, "/js/map.js", headers: [.acceptEncoding: "gzip"])
            #expect(head.headers[.contentEncoding] == "gzip")
            #expect(head.headers[.eTag] == packed.headers[.eTag])
            #expect(head.headers[.contentLength] != "\(script.utf8.count)")
            for path in [
                "/.hidden", "/js/../.hidden", "/js/%2e%2e/.hidden", "/js", "/js%00/map.js", "/../catalogue.sqlite",
            ] {
                #expect(try await asker.get(path).code == 404, "\(path)")
            }
            try "changed".write(toFile: folder + "/js/map.js", atomically: true, encoding: .utf8)
            #expect(try await asker.get("/js/map.js").text == "changed")
        }
    }

    @Test("a small JSON document is sent as it is, a large one compressed")
    func compression() async throws {
        let server = try await TestServer()
        let small = try await server.run { try await $0.get("/api/live", headers: [.acceptEncoding: "gzip"]) }
        let large = try await server.run { try await $0.get("/api", headers: [.acceptEncoding: "gzip"]) }
        let plain = try await server.run { try await $0.get("/api") }
        #expect(small.headers[.contentEncoding] == nil)
        #expect(large.headers[.contentEncoding] == "gzip")
        #expect(large.headers[.contentLength] == "\(large.bytes.count)")
        #expect(try Gunzip.bytes(large.bytes) == plain.bytes)
    }
}

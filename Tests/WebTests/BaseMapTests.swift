import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

/// The map below the pictures, where the operator has one of their own.
@Suite("The operator's base map")
struct BaseMapTests {
    private func policy(_ map: BaseMap) async throws -> String {
        try await TestServer { $0.baseMap = map }.run { asker in
            try await asker.get("/login").headers[.contentSecurityPolicy] ?? ""
        }
    }

    @Test("its server, and no other, is one that browsers may ask")
    func policy() async throws {
        #expect(try await !policy(.naturalEarth).contains("http"))
        let tiles = try await policy(.tiles("https://tiles.example.org:8443/{z}/{x}/{y}.png?key=1"))
        #expect(tiles.contains("img-src 'self' https://tiles.example.org:8443 data: blob:"))
        #expect(tiles.contains("connect-src 'self' https://tiles.example.org:8443;"))
        #expect(
            try await policy(.style(.address("https://maps.example.org/a/style.json"))).contains(
                "https://maps.example.org"))
        #expect(try await !policy(.archive(.file("/srv/town.pmtiles"))).contains("srv"))
    }

    @Test("a file of this machine is handed out in parts, to those who may read the pages")
    func parts() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("town.pmtiles")
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        try Data(bytes).write(to: URL(filePath: path))
        let server = try await TestServer { $0.baseMap = .archive(.file(path)) }
        let token = try await server.token(of: server.addAccount("walker", .viewer))
        try await server.run { asker in
            #expect(try await asker.get("/map/base").code == 401)
            let part = try await asker.get("/map/base", token: token, headers: [.range: "bytes=7000-270000"])
            #expect(part.code == 206 && part.headers[.contentRange] == "bytes 7000-270000/300000")
            #expect(part.headers[.contentType] == "application/vnd.pmtiles")
            #expect(part.bytes == Array(bytes[7000...270_000]))
            let whole = try await asker.get("/map/base", token: token)
            #expect(whole.bytes == bytes)
            let tag = try #require(whole.headers[.eTag])
            #expect(try await asker.get("/map/base", token: token, headers: [.ifNoneMatch: tag]).code == 304)
            try FileManager.default.removeItem(atPath: path)
            #expect(try await asker.get("/map/base", token: token).code == 503)
        }
    }
}

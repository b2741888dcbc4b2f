import Catalogue
import Domain
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing
import Web

@Suite("The bytes of pictures")
struct ImageTests {
    private static let thumbSize = 20_000

    private func ask(
        _ street: Street, _ headers: HTTPFields = [:], method: HTTPRequest.Method = .get, file: String = "thumb.jpg"
    ) async throws -> Answer {
        try await street.server.run {
            try await $0.send(
                method, "/api/pictures/\(street.picture)/\(file)", token: street.token, headers: headers)
        }
    }

    @Test("a picture comes whole, with a strong tag, and no shared cache may keep it")
    func whole() async throws {
        let street = try await Street(.viewerIn)
        let answer = try await ask(street)
        let picture = try #require(
            try await street.server.test.catalogue.pictures.find(street.picture, viewer: .system))
        let sha256 = try #require(picture.derivatives.first { $0.kind == .thumb }?.sha256)
        #expect(answer.code == 200)
        #expect(answer.bytes == TestServer.bytes(count: Self.thumbSize, seed: 2))
        #expect(answer.headers[.eTag] == "\"\(sha256)\"")
        #expect(answer.headers[.contentType] == "image/jpeg")
        #expect(answer.headers[.cacheControl] == "private, no-cache")
        #expect(answer.headers[.vary] == "Cookie, Authorization")
        #expect(answer.headers[.xContentTypeOptions] == "nosniff")
        #expect(answer.headers[.acceptRanges] == "bytes")
    }

    @Test("a large picture is streamed whole")
    func streamed() async throws {
        let street = try await Street(.viewerIn)
        let answer = try await ask(street, file: "hd.jpg")
        #expect(answer.bytes == TestServer.bytes(count: 900_000, seed: 0))
        #expect(answer.headers[.contentLength] == "900000")
        let part = try await ask(street, [.range: "bytes=100-399999"], file: "hd.jpg")
        #expect(part.bytes == Array(TestServer.bytes(count: 900_000, seed: 0)[100..<400_000]))
    }

    @Test("over a socket a large picture comes whole, in part and after another one, and other answers after it")
    func sentFromMemory() async throws {
        let street = try await Street(.viewerIn)
        let path = "/api/pictures/\(street.picture)"
        let expected = TestServer.bytes(count: 900_000, seed: 0)
        try await street.server.runLive { asker in
            for range in [nil, "bytes=100-399999", "bytes=-70000", nil] {
                var headers: HTTPFields = [:]
                if let range { headers[.range] = range }
                let answer = try await asker.send(.get, "\(path)/hd.jpg", token: street.token, headers: headers)
                switch range {
                case "bytes=100-399999": #expect(answer.bytes == Array(expected[100..<400_000]))
                case "bytes=-70000": #expect(answer.bytes == Array(expected.suffix(70_000)))
                default: #expect(answer.bytes == expected)
                }
                #expect(try await asker.get(path, token: street.token).code == 200)
            }
        }
    }

    @Test(
        "a range gives exactly those bytes",
        arguments: [
            ("bytes=0-99", 0, 100), ("bytes=19990-", 19_990, 20_000), ("bytes=-10", 19_990, 20_000),
            ("bytes=-30000", 0, 20_000), ("bytes=19999-90000", 19_999, 20_000),
        ])
    func range(header: String, from: Int, to: Int) async throws {
        let street = try await Street(.viewerIn)
        let answer = try await ask(street, [.range: header])
        #expect(answer.code == 206)
        #expect(answer.headers[.contentRange] == "bytes \(from)-\(to - 1)/20000")
        #expect(answer.bytes == Array(TestServer.bytes(count: Self.thumbSize, seed: 2)[from..<to]))
    }

    @Test(
        "a range that cannot be satisfied is 416 with the size",
        arguments: ["bytes=20000-", "bytes=-0", "bytes=90000-90001"])
    func unsatisfiable(header: String) async throws {
        let street = try await Street(.viewerIn)
        let answer = try await ask(street, [.range: header])
        #expect(answer.code == 416)
        #expect(answer.headers[.contentRange] == "bytes */20000")
        #expect(answer.bytes.isEmpty)
    }

    @Test(
        "what is no single byte range is ignored", arguments: ["bytes=5-2", "bytes=0-1,5-6", "items=0-1", "bytes=a-b"])
    func ignored(header: String) async throws {
        let street = try await Street(.viewerIn)
        let answer = try await ask(street, [.range: header])
        #expect(answer.code == 200)
        #expect(answer.bytes.count == Self.thumbSize)
    }

    @Test("If-Range gives the part for the same tag, else the whole")
    func ifRange() async throws {
        let street = try await Street(.viewerIn)
        let tag = try #require(try await ask(street).headers[.eTag])
        #expect(try await ask(street, [.range: "bytes=0-9", .ifRange: tag]).code == 206)
        #expect(try await ask(street, [.range: "bytes=0-9", .ifRange: "\"other\""]).code == 200)
        #expect(try await ask(street, [.range: "bytes=0-9", .ifRange: "W/\(tag)"]).code == 200)
    }

    @Test("a picture the client has is not sent again, and that too is answered only to who may see it")
    func notModified() async throws {
        let street = try await Street(.viewerIn)
        let fresh = try await ask(street)
        let tag = try #require(fresh.headers[.eTag])
        let modified = try #require(fresh.headers[.lastModified])
        let again = try await ask(street, [.ifNoneMatch: tag])
        #expect(again.code == 304)
        #expect(again.bytes.isEmpty)
        #expect(try await ask(street, [.ifModifiedSince: modified]).code == 304)
        #expect(try await ask(street, [.ifNoneMatch: "\"other\"", .ifModifiedSince: modified]).code == 200)
        try await street.server.test.catalogue.pictures.setVisibility(street.picture, .ownerOnly)
        #expect(try await ask(street, [.ifNoneMatch: tag]).code == 404)
    }

    @Test("a part of another version is refused, and If-None-Match counts only where If-Match holds")
    func preconditions() async throws {
        let street = try await Street(.viewerIn)
        let fresh = try await ask(street)
        let tag = try #require(fresh.headers[.eTag])
        let modified = try #require(fresh.headers[.lastModified])
        let early = "Tue, 01 Jan 2019 00:00:00 GMT"
        #expect(try await ask(street, [.ifMatch: "\"other\", \(tag)", .range: "bytes=0-9"]).code == 206)
        #expect(try await ask(street, [.ifMatch: "*"]).code == 200)
        #expect(try await ask(street, [.ifUnmodifiedSince: modified]).code == 200)
        #expect(try await ask(street, [.ifMatch: tag, .ifUnmodifiedSince: early]).code == 200)
        #expect(try await ask(street, [.ifMatch: tag, .ifNoneMatch: tag]).code == 304)
        for headers: HTTPFields in [
            [.ifMatch: "\"other\""], [.ifMatch: "W/\(tag)"], [.ifMatch: "\"other\"", .ifNoneMatch: tag],
            [.ifUnmodifiedSince: early],
        ] {
            let answer = try await ask(street, headers)
            #expect(answer.code == 412, "\(headers)")
            #expect(answer.string("code") == "preconditionFailed")
        }
    }

    @Test("HEAD tells size and tag, and sends nothing")
    func head() async throws {
        let street = try await Street(.viewerIn)
        let answer = try await ask(street, method: .head)
        #expect(answer.code == 200)
        #expect(answer.bytes.isEmpty)
        #expect(answer.headers[.contentLength] == "20000")
        #expect(answer.headers[.eTag] != nil)
    }

    @Test("tiles of a panorama come one by one; there is none beyond its edge")
    func tiles() async throws {
        let street = try await Street(.viewerIn)
        #expect(try await ask(street, file: "tiled/0_0.jpg").bytes.count == 80_000)
        #expect(try await ask(street, file: "tiled/7_3.jpg").code == 200)
        for name in ["8_0", "0_4", "-1_0", "x_y", "1", "1_2_3"] {
            #expect(try await ask(street, file: "tiled/\(name).jpg").code == 404, "\(name)")
        }
    }

    @Test("a picture that is hidden is gone from every address at once")
    func hidden() async throws {
        let street = try await Street(.viewerIn)
        try await street.server.test.catalogue.pictures.setVisibility(street.picture, .ownerOnly)
        for file in ["hd.jpg", "sd.jpg", "thumb.jpg", "tiled/0_0.jpg"] {
            #expect(try await ask(street, file: file).code == 404, "\(file)")
        }
    }

    @Test("a file that has gone from the store is not found, and not a broken stream")
    func lost() async throws {
        let street = try await Street(.viewerIn)
        try await street.server.store.delete(prefix: "pictures/")
        #expect(try await ask(street).code == 404)
        #expect(try await ask(street, file: "hd.jpg").code == 404)
    }
}

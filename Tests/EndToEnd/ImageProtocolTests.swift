import Foundation
import TestSupport
import Testing

/// RFC 9110 on the bytes of pictures, byte for byte as they come over the wire.
@Suite("Pictures over a plain socket", .timeLimit(.minutes(5)))
struct ImageProtocolTests {
    @Test("whole, in part, unchanged, head only, not there, not yours")
    func pictures() async throws {
        let server = try BuiltServer()
        try await server.start()
        let batch = try await Batch.open(on: server)
        let id = try await batch.send(TestJPEG.drive(0).data(), name: "a.jpg")
        try await batch.finish()
        let path = "/api/pictures/\(id)/hd.jpg"
        func ask(_ method: String = "GET", _ path: String, _ headers: [String] = [], asGuest: Bool = false) async throws
            -> RawConnection.Answer
        {
            let connection = try RawConnection(server)
            var lines = ["\(method) \(path) HTTP/1.1", "Host: 127.0.0.1:\(server.port)", "Connection: close"] + headers
            if !asGuest { lines.append("Authorization: Bearer \(batch.client.token ?? "")") }
            try await connection.send(Data((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8))
            return try await connection.answer(toHead: method == "HEAD")
        }

        let whole = try await ask("GET", path)
        let size = whole.body.count
        #expect(whole.status == 200)
        #expect(whole.body.starts(with: [0xFF, 0xD8]) && whole.body.suffix(2) == [0xFF, 0xD9])
        #expect(whole.headers["content-length"] == "\(size)")
        #expect(whole.headers["accept-ranges"] == "bytes")
        #expect(whole.headers["cache-control"] == "private, no-cache")
        let tag = try #require(whole.headers["etag"])
        #expect(tag.hasPrefix("\"") && tag.hasSuffix("\""))

        let ranges = [
            ("bytes=0-99", 0..<100), ("bytes=100-199", 100..<200), ("bytes=-50", size - 50..<size),
            ("bytes=\(size - 10)-", size - 10..<size), ("bytes=10-\(size * 2)", 10..<size),
        ]
        for (range, bytes) in ranges {
            let part = try await ask("GET", path, ["Range: \(range)"])
            #expect(part.status == 206, "\(range)")
            #expect(part.body == Array(whole.body[bytes]), "\(range)")
            let answered = "bytes \(bytes.lowerBound)-\(bytes.upperBound - 1)/\(size)"
            #expect(part.headers["content-range"] == answered, "\(range)")
            #expect(part.headers["content-length"] == "\(bytes.count)", "\(range)")
        }
        let beyond = try await ask("GET", path, ["Range: bytes=\(size)-"])
        #expect(beyond.status == 416)
        #expect(beyond.headers["content-range"] == "bytes */\(size)")
        // A part of something else than what the client has would not fit to it: then all of it.
        let stale = try await ask("GET", path, ["Range: bytes=0-9", "If-Range: \"other\""])
        #expect(stale.status == 200 && stale.body == whole.body)
        let fresh = try await ask("GET", path, ["Range: bytes=0-9", "If-Range: \(tag)"])
        #expect(fresh.status == 206 && fresh.body.count == 10)

        let same = try await ask("GET", path, ["If-None-Match: \(tag)"])
        #expect(same.status == 304 && same.body.isEmpty)
        #expect(same.headers["etag"] == tag)
        #expect(try await ask("GET", path, ["If-None-Match: \"other\""]).status == 200)

        let head = try await ask("HEAD", path)
        #expect(head.status == 200 && head.body.isEmpty)
        #expect(head.headers["content-length"] == "\(size)")
        #expect(head.headers["etag"] == tag)

        #expect(try await ask("GET", "/api/pictures/\(UUID().uuidString.lowercased())/hd.jpg").status == 404)
        #expect(try await ask("GET", "/api/pictures/\(id)/tiled/0_0.jpg").status == 404)
        // Without a login nothing is said, not even that nothing has changed.
        for headers in [[], ["If-None-Match: \(tag)"], ["Range: bytes=0-9"]] {
            let refused = try await ask("GET", path, headers, asGuest: true)
            #expect(refused.status == 401)
            #expect(refused.headers["etag"] == nil)
        }
        #expect(try await ask("HEAD", path, asGuest: true).status == 401)
    }
}

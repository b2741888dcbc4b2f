import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing
import Web

/// What the server does on a real socket.
@Suite("On the wire", .timeLimit(.minutes(2)))
struct WireTests {
    private func live<Value: Sendable>(
        _ server: TestServer, _ body: @escaping @Sendable (Int) async throws -> Value
    ) async throws -> Value {
        let application = try buildApplication(services: server.services, host: "127.0.0.1", port: 0)
        return try await application.test(.live) { client in
            guard let port = client.port else { throw Failure(.internalError, "No port.") }
            return try await body(port)
        }
    }

    private func head(_ method: String, _ uri: String, _ token: String?, _ fields: [String] = []) -> String {
        let lines =
            ["\(method) \(uri) HTTP/1.1", "Host: localhost", "Connection: close"] + fields
            + (token.map { ["Authorization: Bearer \($0)"] } ?? [])
        return lines.joined(separator: "\r\n") + "\r\n\r\n"
    }

    @Test("HEAD, 304 and 416 have no body, and HEAD names the size")
    func noBodies() async throws {
        let street = try await Street(.viewerIn)
        let picture = try #require(
            try await street.server.test.catalogue.pictures.find(street.picture, viewer: .system))
        let sha256 = try #require(picture.derivatives.first { $0.kind == .thumb }?.sha256)
        let uri = "/api/pictures/\(street.picture)/thumb.jpg"
        let cases: [(String, [String], String)] = [
            ("HEAD", [], "HTTP/1.1 200"), ("GET", ["If-None-Match: \"\(sha256)\""], "HTTP/1.1 304"),
            ("GET", ["Range: bytes=20000-"], "HTTP/1.1 416"),
        ]
        try await live(street.server) { port in
            for (method, fields, status) in cases {
                let request = head(method, uri, street.token, fields)
                let answer = try await RawConnection.open(port: port) { wire in
                    try await wire.send(request)
                    return try await wire.readAll()
                }
                #expect(answer.hasPrefix(status), "\(answer.prefix(100))")
                #expect(answer.hasSuffix("\r\n\r\n"))
                if method == "HEAD" { #expect(answer.lowercased().contains("content-length: 20000\r\n")) }
            }
        }
    }

    @Test("HEAD of what is sent as it goes tells no length, and the next answer follows at once")
    func noLength() async throws {
        let street = try await Street(.viewerIn)
        let requests =
            head("HEAD", "/api/export?format=csv", street.token).replacing("close", with: "keep-alive")
            + head("GET", "/api/live", street.token)
        try await live(street.server) { port in
            let answers = try await RawConnection.open(port: port) { wire in
                try await wire.send(requests)
                return try await wire.readAll()
            }
            let parts = answers.components(separatedBy: "\r\n\r\n")
            #expect(parts.count == 3, "\(answers)")
            #expect(parts[0].hasPrefix("HTTP/1.1 200"))
            #expect(!parts[0].lowercased().contains("content-length"), "\(parts[0])")
            #expect(parts[0].lowercased().contains("transfer-encoding: chunked"))
            #expect(parts[1].hasPrefix("HTTP/1.1 200"), "\(answers)")
        }
    }

    @Test("HEAD of what does not exist has no body that the next answer would be lost in")
    func noBodyOfNothing() async throws {
        let server = try await TestServer()
        let requests = [("/api/nothing", "keep-alive"), ("/api/auth/logout", "close")].map { path, end in
            "HEAD \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: \(end)\r\n\r\n"
        }.joined()
        try await live(server) { port in
            let answers = try await RawConnection.open(port: port) { wire in
                try await wire.send(requests)
                return try await wire.readAll()
            }
            let parts = answers.components(separatedBy: "\r\n\r\n")
            #expect(parts.count == 3, "\(answers)")
            #expect(parts[0].hasPrefix("HTTP/1.1 404"))
            #expect(parts[1].hasPrefix("HTTP/1.1 405"))
            #expect(parts.last == "")
        }
    }

    @Test("a client that waits for leave to send gets it at once, or the refusal without sending")
    func expectContinue() async throws {
        let street = try await Street(.admin)
        let bytes = Multipart.body(file: TestJPEG.drive(3).bytes(), name: "a.jpg")
        let uri = "/api/upload_sets/\(street.set.id)/files"
        let type = "Content-Type: multipart/form-data; boundary=\(Multipart.boundary)"
        let small = head("POST", uri, street.token, [type, "Content-Length: \(bytes.count)", "Expect: 100-continue"])
        let large = head("POST", uri, street.token, [type, "Content-Length: 99000000", "Expect: 100-continue"])
        try await live(street.server) { port in
            let taken = try await RawConnection.open(port: port) { wire in
                try await wire.send(small)
                let leave = try await wire.read(until: "\r\n\r\n")
                #expect(leave.hasPrefix("HTTP/1.1 100"))
                try await wire.send(bytes)
                return try await wire.readAll()
            }
            #expect(taken.contains("HTTP/1.1 202"))
            let refused = try await RawConnection.open(port: port) { wire in
                try await wire.send(large)
                return try await wire.read(until: "}")
            }
            #expect(refused.hasPrefix("HTTP/1.1 413"))
        }
    }

    @Test("a client that goes away half-way, or announces more than it sends, leaves nothing behind")
    func cutOff() async throws {
        let street = try await Street(.admin)
        let bytes = Multipart.body(file: [0xFF, 0xD8, 0xFF] + [UInt8](repeating: 7, count: 900_000), name: "a.jpg")
        let uri = "/api/upload_sets/\(street.set.id)/files"
        let type = "Content-Type: multipart/form-data; boundary=\(Multipart.boundary)"
        let request = head("POST", uri, street.token, [type, "Content-Length: \(bytes.count + 500)"])
        try await live(street.server) { port in
            try await RawConnection.open(port: port) { wire in
                try await wire.send(request)
                try await wire.send(Array(bytes.prefix(500_000)))
            }
            let answer = try await RawConnection.open(port: port) { wire in
                try await wire.send("GET /api/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return try await wire.readAll()
            }
            #expect(answer.hasPrefix("HTTP/1.1 200"))
        }
        try await eventually {
            let names = try FileManager.default.contentsOfDirectory(atPath: street.server.test.folder.file("staging"))
            return names.filter { !$0.hasPrefix(".") }.isEmpty
        }
        let files = try await street.server.test.catalogue.uploadSets.files(street.set.id, after: nil, limit: 10)
        #expect(files.count == 1, "only the one that was there before")
    }

    @Test("a body without an end is cut off once it is refused", arguments: ["/api/auth/login", "/api/upload_sets"])
    func endless(uri: String) async throws {
        let street = try await Street(.fieldIn)
        let request = head("POST", uri, uri.contains("auth") ? nil : street.token, ["Transfer-Encoding: chunked"])
            .replacing("Connection: close\r\n", with: "")
        let chunk = Array("10000\r\n".utf8) + [UInt8](repeating: 0x20, count: 65_536) + Array("\r\n".utf8)
        try await live(street.server) { port in
            let sent = try await RawConnection.open(port: port) { wire in
                try await wire.send(request)
                var sent = 0
                // Far more than buffers on the way could hold: a server that goes on reading takes all of it.
                while sent < 4000, !wire.isClosed {
                    do { try await wire.send(chunk) } catch { break }
                    sent += 1
                }
                return sent
            }
            #expect(sent < 4000)
            let next = try await RawConnection.open(port: port) { wire in
                try await wire.send("GET /api/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return try await wire.readAll()
            }
            #expect(next.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test("what is not HTTP is refused, and the server goes on")
    func garbage() async throws {
        let server = try await TestServer()
        try await live(server) { port in
            let answer = try await RawConnection.open(port: port) { wire in
                try await wire.send("this is no request\r\n\r\n")
                return try await wire.readAll()
            }
            #expect(answer.hasPrefix("HTTP/1.1 400"))
            let next = try await RawConnection.open(port: port) { wire in
                try await wire.send("GET /api/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return try await wire.readAll()
            }
            #expect(next.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test("a proxy is believed only when it is trusted", arguments: [["127.0.0.0/8"], ["10.0.0.1"], []])
    func proxies(trusted: [String]) async throws {
        let server = try await TestServer { $0.trustedProxies = trusted }
        try await server.addAccount("anna", .field)
        let body = #"{"name":"anna","password":"\#(TestServer.password)"}"#
        let request = head(
            "POST", "/api/auth/login", nil,
            ["Content-Length: \(body.utf8.count)", "X-Forwarded-Proto: https", "X-Forwarded-For: 203.0.113.7"])
        let isTrusted = trusted == ["127.0.0.0/8"]
        try await live(server) { port in
            let answer = try await RawConnection.open(port: port) { wire in
                try await wire.send(request + body)
                return try await wire.readAll()
            }
            #expect(answer.contains("__Host-wayside=") == isTrusted)
        }
        let wrong = head(
            "POST", "/api/auth/login", nil,
            ["Content-Length: 34", "X-Forwarded-For: 198.51.100.1, 203.0.113.7", "X-Forwarded-Proto: https"])
        try await live(server) { port in
            _ = try await RawConnection.open(port: port) { wire in
                try await wire.send(wrong + #"{"name":"anna","password":"wrong"} "#)
                return try await wire.readAll()
            }
        }
        let accounts = server.test.catalogue.accounts
        #expect(try await accounts.attempts(key: "address:203.0.113.7").failures == (isTrusted ? 1 : 0))
        #expect(try await accounts.attempts(key: "address:127.0.0.1").failures == (isTrusted ? 0 : 1))
    }
}

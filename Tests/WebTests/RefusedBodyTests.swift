import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing
import Web

/// A body that nobody wants is not taken, and a client that asks first hears so before it sends anything.
@Suite("Refused bodies on the wire", .timeLimit(.minutes(2)))
struct RefusedBodyTests {
    private struct Refusal: Sendable {
        let method: String
        let uri: String
        var fields: [String] = []
        var isGuest = false
        var isOther = false
        let status: String
    }

    private func refusals(_ street: Street) -> [Refusal] {
        let files = "/api/upload_sets/\(street.set.id)/files"
        let form = "Content-Type: multipart/form-data; boundary=x"
        let tus = "Tus-Resumable: 1.0.0"
        let part = "Content-Type: application/offset+octet-stream"
        let upload = "/api/uploads/\(street.upload)"
        return [
            Refusal(method: "POST", uri: files, fields: [form], isGuest: true, status: "401"),
            Refusal(method: "PUT", uri: "\(files)/a.jpg", isOther: true, status: "403"),
            Refusal(method: "POST", uri: "/api/upload_sets/\(UploadSetID())/files", fields: [form], status: "404"),
            Refusal(method: "PATCH", uri: upload, fields: [tus, part, "Upload-Offset: 3"], status: "409"),
            Refusal(method: "PUT", uri: "\(files)/a.jpg", status: "413"),
            Refusal(method: "POST", uri: files, fields: ["Content-Type: text/plain"], status: "415"),
            Refusal(method: "PUT", uri: "\(files)/a.mp4", fields: ["Transfer-Encoding: chunked"], status: "422"),
            Refusal(
                method: "POST", uri: "/api/uploads",
                fields: [tus, part, "Upload-Length: 500", "Upload-Metadata: filename YS5qcGc="], status: "413"),
        ]
    }

    private func head(_ refusal: Refusal, _ tokens: (owner: String, other: String), _ fields: [String]) -> String {
        var lines = ["\(refusal.method) \(refusal.uri) HTTP/1.1", "Host: localhost"] + refusal.fields + fields
        if !refusal.isGuest { lines.append("Authorization: Bearer \(refusal.isOther ? tokens.other : tokens.owner)") }
        return lines.joined(separator: "\r\n") + "\r\n\r\n"
    }

    private func check(
        _ body: @escaping @Sendable (Int, Street, (owner: String, other: String)) async throws -> Void
    ) async throws {
        let street = try await Street(.managerIn)
        let tokens = (owner: try await street.server.token(of: street.owner), other: street.token ?? "")
        let application = try buildApplication(services: street.server.services, host: "127.0.0.1", port: 0)
        try await application.test(.live) { client in
            try await body(try #require(client.port), street, tokens)
        }
    }

    @Test("who waits for leave gets the refusal instead, and the connection ends")
    func asked() async throws {
        try await check { port, street, tokens in
            for refusal in refusals(street) {
                let isChunked = refusal.fields.contains("Transfer-Encoding: chunked")
                let length = isChunked ? [] : ["Content-Length: 99000000"]
                let request = head(refusal, tokens, length + ["Expect: 100-continue"])
                let answer = try await RawConnection.open(port: port) { wire in
                    try await wire.send(request)
                    return try await wire.readAll()
                }
                #expect(answer.hasPrefix("HTTP/1.1 \(refusal.status)"), "\(refusal) \(answer.prefix(300))")
                #expect(answer.lowercased().contains("connection: close\r\n"))
                #expect(answer.contains(#""status":\#(refusal.status)"#))
            }
        }
    }

    @Test("who sends without asking is cut off soon after the answer")
    func sent() async throws {
        try await check { port, street, tokens in
            let bytes = [UInt8](repeating: 0x20, count: 65_536)
            for refusal in refusals(street) {
                let isChunked = refusal.fields.contains("Transfer-Encoding: chunked")
                let request = head(refusal, tokens, isChunked ? [] : ["Content-Length: 262144000"])
                let sent = try await RawConnection.open(port: port) { wire in
                    try await wire.send(request)
                    var sent = 0
                    // Far more than the buffers of both ends could hold (tens of megabytes): a server that goes on reading
                    // takes all of it.
                    while sent < 4000, !wire.isClosed {
                        do {
                            try await wire.send(
                                isChunked ? Array("10000\r\n".utf8) + bytes + Array("\r\n".utf8) : bytes)
                        } catch { break }
                        sent += 1
                    }
                    return sent
                }
                #expect(sent < 2000, "\(refusal): \(sent * 65_536) bytes were taken")
            }
        }
    }

    @Test("after a small refused body the connection goes on, whether its length was announced or not")
    func small() async throws {
        try await check { port, street, tokens in
            let refusal = Refusal(
                method: "POST", uri: "/api/upload_sets/\(UploadSetID())/files",
                fields: ["Content-Type: multipart/form-data; boundary=x"], status: "404")
            let body = String(repeating: "x", count: 1000)
            let first =
                head(refusal, tokens, ["Content-Length: 1000"]) + body
                + head(refusal, tokens, ["Transfer-Encoding: chunked"]) + "3e8\r\n\(body)\r\n0\r\n\r\n"
            let answer = try await RawConnection.open(port: port) { wire in
                try await wire.send(first + "GET /api/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return try await wire.readAll()
            }
            #expect(answer.components(separatedBy: "HTTP/1.1 404").count == 3)
            #expect(answer.contains("HTTP/1.1 200"))
        }
    }
}

import Delivery
import Domain
import Foundation
import NIOHTTP1
import Storage
import Synchronization
import TestSupport
import Testing

@Suite("A server that takes files by PUT, as a destination", .timeLimit(.minutes(5)))
struct HTTPPutDestinationTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let token =
        "Basic " + Data("\(RcloneServer.user):\(RcloneServer.password)".utf8).base64EncodedString()

    private func place(_ port: Int) -> HTTPPutDestination {
        HTTPPutDestination(
            HTTPPlace(url: "http://127.0.0.1:\(port)", header: "Authorization"), secrets: ["token": Self.token])
    }

    private func file(_ name: String, _ text: String) throws -> OutgoingFile {
        let path = folder.file(UUID().uuidString)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return OutgoingFile(
            path: path, name: name, size: Int64(text.utf8.count), sha256: DeliveryScene.hash(text), type: "image/jpeg")
    }

    @Test("a file is put, replaced, read and deleted; what fails on the way is sent again")
    func life() async throws {
        let server = try await RcloneServer(.webdav)
        let asked = Mutex<[String: Int]>([:])
        try await FaultProxy.with(
            server.port,
            plan: { head in
                let count = asked.withLock { asked in
                    asked["\(head.method)", default: 0] += 1
                    return asked["\(head.method)"] ?? 0
                }
                return count % 2 == 1 ? .slowDown : nil
            }
        ) { proxy in
            let place = place(proxy.port)
            let text = String(repeating: "wayside ", count: 100_000)
            try await place.put(try file("a b.jpg", text))
            #expect(try String(contentsOfFile: "\(server.root)/a b.jpg", encoding: .utf8) == text)
            try await place.put(try file("a b.jpg", "others"))
            try await place.read("a b.jpg", into: folder.file("copy"))
            #expect(try String(contentsOfFile: folder.file("copy"), encoding: .utf8) == "others")
            for _ in 0..<2 { try await place.delete("a b.jpg") }
            let gone = try await #require(throws: Failure.self) {
                try await place.read("a b.jpg", into: folder.file("none"))
            }
            #expect(gone.code == .notFound)
            let list = try await #require(throws: Failure.self) { try await place.list(after: nil, limit: 1) }
            #expect(list.code == .unprocessable)
        }
    }

    @Test(
        "a refusal says what no other try can help from what one can",
        arguments: [
            (HTTPResponseStatus.unsupportedMediaType, Failure.Code.unprocessable), (.payloadTooLarge, .unprocessable),
            (.unauthorized, .unavailable), (.serviceUnavailable, .unavailable), (.movedPermanently, .unprocessable),
        ])
    func refused(rule: (HTTPResponseStatus, Failure.Code)) async throws {
        let outgoing = try file("a.jpg", "bytes")
        try await CannedServer.with(status: rule.0, body: "") { port in
            let failure = try await #require(throws: Failure.self) { try await place(port).put(outgoing) }
            #expect(failure.code == rule.1 && failure.message.contains("\(rule.0.code)"))
            #expect(!failure.message.contains(Self.token))
        }
    }

    @Test("a server that says another checksum than it was sent is not believed")
    func otherBytes() async throws {
        let outgoing = try file("a.jpg", "bytes")
        let headers: HTTPHeaders = ["Repr-Digest": "sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:"]
        try await CannedServer.with(status: .ok, headers: headers, body: "bytes") { port in
            let failure = try await #require(throws: Failure.self) { try await place(port).put(outgoing) }
            #expect(failure.code == .unavailable && failure.message.contains("other bytes"))
        }
    }

    @Test("a server that is not there is one to be asked again")
    func gone() async throws {
        let port = try FreePorts.some(1)[0]
        let failure = try await #require(throws: Failure.self) { try await place(port).check() }
        #expect(failure.code == .unavailable)
    }
}

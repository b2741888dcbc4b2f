import AsyncHTTPClient
import Domain
import Foundation
import NIOCore
import NIOHTTP1
import Storage
import StorageS3
import Synchronization
import TestSupport
import Testing

@Suite("A store in a bucket", .timeLimit(.minutes(10)))
struct S3StoreTests {
    private static let brief = Patience(attempts: 2, base: .milliseconds(1))

    /// What the operator is told of a store that does not pass its check.
    private func complaint(_ bucket: S3Bucket) async -> String {
        do {
            try await S3Store(bucket: bucket, patience: Self.brief).check()
            return "nothing"
        } catch let failure as Failure {
            #expect(failure.code == .unavailable)
            #expect((failure.underlying as? S3Problem)?.isOfSettings == true)
            return "\(failure.underlying ?? failure)"
        } catch {
            return "\(error)"
        }
    }

    @Test("says what is wrong with the settings", arguments: [S3Server.Kind.seaweedFS, .rclone])
    func settings(kind: S3Server.Kind) async throws {
        let server = try await S3Server.shared(kind)
        let name = try await server.makeBucket().name
        #expect(await complaint(try server.bucket(name)) == "nothing")
        let stranger = await complaint(try server.bucket(name, accessKey: "stranger"))
        #expect(stranger.contains("does not know the access key"))
        let wrong = await complaint(try server.bucket(name, secretKey: "wrong"))
        #expect(wrong.contains("does not belong to the access key"))
        let missing = await complaint(try server.bucket("not-there-at-all"))
        #expect(missing.contains("no bucket “not-there-at-all”"))
    }

    /// Neither server minds regions or has a clock of its own to be set: these answers are AWS's and MinIO's.
    @Test(
        "says which region is meant, and how far the clocks are apart",
        arguments: [
            (
                "AuthorizationHeaderMalformed", "<Region>eu-west-3</Region>",
                "is not in the region us-east-1 but in eu-west-3"
            ), ("RequestTimeTooSkewed", "", "differ by 60 minutes"),
        ])
    func canned(code: String, more: String, words: String) async throws {
        let date = Self.httpDate(Date.now.addingTimeInterval(-3600))
        try await CannedServer.with(
            status: .forbidden, headers: ["Date": date], body: "<Error><Code>\(code)</Code>\(more)</Error>"
        ) { port in
            let bucket = try await S3Server.shared(.rclone).bucket("any-bucket", port: port)
            #expect(await complaint(bucket).contains(words))
        }
    }

    private static func httpDate(_ moment: Date) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "UTC")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.string(from: moment)
    }

    @Test("is private, and says so when it is not", arguments: [S3Server.Kind.seaweedFS, .rclone, .open])
    func exposures(kind: S3Server.Kind) async throws {
        let bucket = try await S3Server.shared(kind).makeBucket()
        let store = S3Store(bucket: bucket)
        let found = try await store.exposures()
        if kind == .open {
            #expect(found.count == 3)
            for word in ["read from", "list", "write to"] { #expect(found.contains { $0.contains(word) }) }
        } else {
            #expect(found.isEmpty, "\(found)")
        }
        #expect(try await store.list(prefix: "", after: nil, limit: 9).isEmpty)
    }

    @Test("warns of a bucket of which anybody may read a folder alone")
    func halfOpen() async throws {
        let server = try await S3Server.shared(.seaweedFS)
        #expect(try await server.request("PUT", "/\(S3Server.halfOpen)").status == 200)
        let store = S3Store(bucket: try server.bucket(S3Server.halfOpen))
        #expect(try await store.exposures().isEmpty)
        let folder = try TemporaryFolder()
        let file = folder.file("a")
        try Data([1, 2, 3]).write(to: URL(filePath: file))
        try await store.put(.derivative(PictureID(), revision: 1, .hd), fileAt: file)
        let found = try await store.exposures()
        #expect(found.count == 1 && found[0].contains("Anybody can read from"), "\(found)")
    }

    @Test("warns of a bucket that keeps what was deleted")
    func versions() async throws {
        let server = try await S3Server.shared(.seaweedFS)
        let bucket = try await server.makeBucket()
        let on = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
        let answer = try await server.request(
            "PUT", "/\(bucket.name)", query: [("versioning", "")], body: on)
        #expect(answer.status == 200)
        let found = try await S3Store(bucket: bucket).exposures()
        #expect(found.count == 1 && found[0].contains("keeps old versions"))
    }

    @Test(
        "gives an address that is good for one object and for its time", arguments: [S3Server.Kind.seaweedFS, .rclone])
    func presigned(kind: S3Server.Kind) async throws {
        let bucket = try await S3Server.shared(kind).makeBucket()
        let store = S3Store(bucket: bucket)
        let folder = try TemporaryFolder()
        let (id, file) = (PictureID(), folder.file("a"))
        try Data([1, 2, 3]).write(to: URL(filePath: file))
        try await store.put(.derivative(id, revision: 1, .hd), fileAt: file)
        try await store.put(.derivative(id, revision: 1, .sd), fileAt: file)
        func ask(_ address: String) async throws -> (status: UInt, type: String?) {
            let response = try await HTTPClient.shared.execute(HTTPClientRequest(url: address), timeout: .seconds(20))
            _ = try await response.body.collect(upTo: 1 << 20)
            return (response.status.code, response.headers.first(name: "Content-Type"))
        }
        #expect(store.presignedAddress(of: .original(id, .kept), seconds: 60) == nil)
        #expect(store.presignedAddress(of: .original(id, .sealed), seconds: 60) == nil)
        let address = try #require(store.presignedAddress(of: .derivative(id, revision: 1, .hd), seconds: 60))
        let answer = try await ask(address)
        #expect(answer.status == 200 && answer.type == "image/jpeg")
        #expect(try await ask(address.replacing("hd.jpg", with: "sd.jpg")).status >= 400)
        #expect(try await ask(address.replacing("X-Amz-Expires=60", with: "X-Amz-Expires=600")).status >= 400)
        let late = try #require(
            store.presignedAddress(
                of: .derivative(id, revision: 1, .hd), seconds: 60, at: .now.addingTimeInterval(-90)))
        #expect(try await ask(late).status >= 400)
        // Hidden: under its new name the old address finds nothing, however fresh.
        try await store.move(prefix: ObjectKey.prefix(of: id, revision: 1), to: ObjectKey.prefix(of: id, revision: 2))
        #expect(try await ask(address).status == 404)
    }

    /// What a crash in the middle of a move comes before.
    enum Crash: String, CaseIterable, Sendable {
        case leftOver, copies, oneCopy, mark, deletion, markDeletion, never

        func comes(before head: HTTPRequestHead) -> Bool {
            let isCopy = head.method == .PUT && head.headers.contains(name: "x-amz-copy-source")
            return switch self {
            case .leftOver: head.method == .DELETE && head.uri.contains("tile")
            case .copies: isCopy
            case .oneCopy: isCopy && head.uri.hasSuffix("sd.jpg")
            case .mark: head.method == .PUT && head.uri.hasSuffix(".moving")
            case .deletion: head.method == .POST
            case .markDeletion: head.method == .DELETE && head.uri.hasSuffix(".moving")
            case .never: false
            }
        }
    }

    @Test("moves what a crash left half moved: no copy is taken for a left-over", arguments: Crash.allCases)
    func halfMoved(crash: Crash) async throws {
        let server = try await S3Server.shared(.rclone)
        let bucket = try await server.makeBucket()
        let store = S3Store(bucket: bucket)
        let folder = try TemporaryFolder()
        let file = folder.file("a")
        try Data([1, 2, 3]).write(to: URL(filePath: file))
        let id = PictureID()
        let kinds: [Derivative.Kind] = [.hd, .sd, .thumb]
        let (old, new) = (ObjectKey.prefix(of: id, revision: 1), ObjectKey.prefix(of: id, revision: 2))
        for kind in kinds { try await store.put(.derivative(id, revision: 1, kind), fileAt: file) }
        try await store.put(.derivative(id, revision: 2, .tile(column: 0, row: 0)), fileAt: file)
        let isGone = Mutex(false)
        let plan: FaultProxy.Plan = { head in
            isGone.withLock { isGone in
                isGone = isGone || crash.comes(before: head)
                return isGone ? .refused : nil
            }
        }
        try await FaultProxy.with(server.port, plan: plan) { proxy in
            let failing = S3Store(
                bucket: try server.bucket(bucket.name, port: proxy.port),
                patience: Patience(attempts: 6, base: .milliseconds(1)))
            if crash == .never {
                try await failing.move(prefix: old, to: new)
            } else {
                await #expect(throws: Failure.self) { try await failing.move(prefix: old, to: new) }
            }
        }
        #expect(isGone.withLock { $0 } == (crash != .never))
        // A server that was deleting the old names when it went has deleted some of them.
        if crash == .deletion { try await store.delete(prefix: "\(old)hd.jpg") }
        try await store.move(prefix: old, to: new)
        let expected = kinds.map { ObjectKey.derivative(id, revision: 2, $0).path }.sorted()
        #expect(try await store.list(prefix: "", after: nil, limit: 99) == expected)
    }
}

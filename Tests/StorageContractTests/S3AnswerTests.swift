import Domain
import Foundation
import NIOHTTP1
import Storage
import StorageS3
import TestSupport
import Testing

/// Answers that neither of the servers here can be brought to give: MinIO's, AWS's, and those of what is no store at all.
@Suite("What a store in a bucket is told", .timeLimit(.minutes(5)))
struct S3AnswerTests {
    /// A store whose every request is answered so.
    private func withAnswer(
        _ status: HTTPResponseStatus, _ body: String, headers: HTTPHeaders = [:],
        _ work: (S3Store) async throws -> Void
    ) async throws {
        try await CannedServer.with(status: status, headers: headers, body: body) { port in
            let bucket = try S3Bucket(
                endpoint: "http://127.0.0.1:\(port)", name: "pictures", region: "us-east-1",
                credentials: S3Credentials(accessKey: "key", secretKey: "secret"))
            try await work(S3Store(bucket: bucket, patience: Patience(attempts: 3, base: .milliseconds(1))))
        }
    }

    private func error(_ code: String, _ more: String = "") -> String {
        "<?xml version=\"1.0\"?><Error><Code>\(code)</Code><Message>As it says.</Message>\(more)</Error>"
    }

    /// The failure that clients hear of, and its reason, which the operator does.
    private func complaint(_ work: () async throws -> Void) async throws -> (failure: Failure, reason: String) {
        do {
            try await work()
        } catch let failure as Failure {
            return (failure, failure.underlying.map { "\($0)" } ?? "")
        }
        throw Succeeded()
    }

    private struct Succeeded: Error {}

    struct Refusal: Sendable, CustomTestStringConvertible {
        let status: HTTPResponseStatus
        let code: String
        var more = ""
        var failure = Failure.Code.unavailable
        /// Whether a server with these settings is not to start.
        var stopsStart = false
        let words: String

        var testDescription: String { code }
    }

    static let refusals = [
        Refusal(
            status: .badRequest, code: "AuthorizationHeaderMalformed", more: "<Region>eu-west-3</Region>",
            stopsStart: true, words: "not in the region us-east-1 but in eu-west-3; look at s3-region"),
        Refusal(
            status: .badRequest, code: "InvalidRegion", more: "<Region>site-2</Region>", stopsStart: true,
            words: "not in the region us-east-1 but in site-2; look at s3-region"),
        Refusal(
            status: .movedPermanently, code: "PermanentRedirect", stopsStart: true, words: "look at s3-region"),
        Refusal(
            status: .forbidden, code: "RequestTimeTooSkewed", stopsStart: true, words: "set the one that is wrong"),
        Refusal(
            status: .forbidden, code: "AccessDenied", stopsStart: true, words: "has to read, write, list and delete"),
        Refusal(
            status: .insufficientStorage, code: "XMinioStorageFull", failure: .noSpace, words: "is full; make room"),
        Refusal(
            status: .badRequest, code: "XMinioAdminBucketQuotaExceeded", failure: .noSpace,
            words: "has reached its quota"),
        Refusal(status: .serviceUnavailable, code: "XMinioServerNotInitialized", words: "is still starting"),
        Refusal(status: .serviceUnavailable, code: "SlowDown", words: "is overloaded"),
        Refusal(status: .serviceUnavailable, code: "SlowDownWrite", words: "too few of its drives are online"),
        Refusal(status: .badRequest, code: "XMinioBackendDown", words: "400 XMinioBackendDown As it says."),
    ]

    @Test("a refusal says what to do, and stops a start only when the settings are to blame", arguments: refusals)
    func refusal(_ refusal: Refusal) async throws {
        try await withAnswer(refusal.status, error(refusal.code, refusal.more)) { store in
            let (failure, reason) = try await complaint { try await store.check() }
            #expect(failure.code == refusal.failure)
            #expect(reason.contains(refusal.words), "\(reason)")
            #expect((failure.underlying as? S3Problem)?.isOfSettings == refusal.stopsStart)
            // What clients hear says nothing of where the pictures are.
            #expect(!failure.message.contains("127.0.0.1") && !failure.message.contains("pictures"))
        }
    }

    private static let page = "<!DOCTYPE html><html><body><h1>Welcome</h1></body></html>"

    @Test("a web page instead of an answer is not taken for “not there”, nor for “stored”, nor for “nothing is left”")
    func webPage() async throws {
        let key = ObjectKey.derivative(PictureID(), revision: 1, .hd)
        let folder = try TemporaryFolder()
        let file = folder.file("a")
        try Data([1, 2, 3]).write(to: URL(filePath: file))
        try await withAnswer(.notFound, Self.page) { store in
            let (failure, reason) = try await complaint { _ = try await store.read(key, range: nil) }
            #expect(failure.code == .unavailable && reason.contains("look at s3-endpoint"), "\(reason)")
        }
        // A well-formed page too, as a network that wants a login first shows it.
        for body in [Self.page, "<html><body>Sign in</body></html>"] {
            try await withAnswer(.ok, body) { store in
                let stored = try await complaint { try await store.put(key, fileAt: file) }
                #expect(stored.failure.code == .unavailable)
                let prefix = ObjectKey.prefix(of: PictureID())
                let deleted = try await complaint { try await store.delete(prefix: prefix) }
                #expect(deleted.failure.code == .unavailable)
                let moved = try await complaint { try await store.move(prefix: "\(prefix)1/", to: "\(prefix)2/") }
                #expect(moved.failure.code == .unavailable)
            }
        }
    }

    @Test("that there is no bucket is not taken for “no such object” where MinIO says it in a header")
    func headOfNoBucket() async throws {
        let key = ObjectKey.derivative(PictureID(), revision: 1, .hd)
        try await withAnswer(.notFound, "", headers: ["x-minio-error-code": "NoSuchBucket"]) { store in
            let (failure, reason) = try await complaint { _ = try await store.head(key) }
            #expect(failure.code == .unavailable && reason.contains("no bucket “pictures”"))
        }
        for headers: HTTPHeaders in [["x-minio-error-code": "NoSuchKey"], [:]] {
            try await withAnswer(.notFound, "", headers: headers) { store in
                let size = try await store.head(key)
                #expect(size == nil)
            }
        }
    }

    @Test("names in a list are read as they are, and half a list is none")
    func list() async throws {
        let names = "<Key>pictures/a&amp;b &lt;é&gt;&#x2F;c.jpg </Key>"
        let list = { (more: String) in
            "<ListBucketResult><Contents>\(names)</Contents>\(more)</ListBucketResult>"
        }
        try await withAnswer(.ok, list("<IsTruncated>false</IsTruncated>")) { store in
            let found = try await store.list(prefix: "pictures/", after: nil, limit: 9)
            #expect(found == ["pictures/a&b <é>/c.jpg "])
        }
        try await withAnswer(.ok, list("<IsTruncated>true</IsTruncated>")) { store in
            let (_, reason) = try await complaint { _ = try await store.list(prefix: "", after: nil, limit: 9) }
            #expect(reason.contains("a list without its end"))
        }
    }

    @Test("an address with an IPv6 host keeps its brackets")
    func brackets() throws {
        let credentials = S3Credentials(accessKey: "key", secretKey: "secret")
        let origin = { (endpoint: String) in
            try S3Bucket(endpoint: endpoint, name: "pictures", region: "us-east-1", credentials: credentials).origin
        }
        #expect(try origin("http://[::1]:9000") == "http://[::1]:9000")
        #expect(try origin("https://[2001:db8::7]/") == "https://[2001:db8::7]")
        #expect(try origin("https://storage.example.org:443") == "https://storage.example.org")
    }
}

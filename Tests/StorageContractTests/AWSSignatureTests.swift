import Foundation
import StorageS3
import TestSupport
import Testing

/// Against what Amazon has published: the test suite for Signature Version 4, and the examples of S3's manual.
@Suite("An AWS signature")
struct AWSSignatureTests {
    private static let folder = PackageFolder.path(".deps/signatures")

    /// Those whose path other services than S3 would simplify first, one whose request line is none, and one with a
    /// token that Wayside does not have.
    private static let others: Set<String> = [
        "get-slash", "get-slashes", "get-slash-dot-slash", "get-slash-pointless-dot", "get-relative",
        "get-relative-relative", "get-space", "get-vanilla-with-session-token",
    ]

    /// Folders that hold a request and what comes of it.
    static let examples: [String] = {
        let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return all.filter { $0.hasSuffix(".authz") }.map { ($0 as NSString).deletingLastPathComponent }
            .filter { !others.contains(($0 as NSString).lastPathComponent) }.sorted()
    }()

    @Test("has its published examples: run Scripts/setup --tests, which fetches them")
    func examplesAreThere() {
        #expect(Self.examples.count >= 25)
        #expect(Self.examples.contains("get-vanilla"))
    }

    @Test("is the published one", arguments: examples)
    func published(example: String) throws {
        func text(_ kind: String) throws -> String {
            let name = (example as NSString).lastPathComponent
            return try String(contentsOfFile: "\(Self.folder)/\(example)/\(name).\(kind)", encoding: .utf8)
        }
        let moment = try Date("2015-08-30T12:36:00Z", strategy: .iso8601)
        let request = try PublishedRequest.read(try text("req"))
        #expect(request.text == (try text("creq")))
        let signature = AWSSignature(
            credentials: S3Credentials(
                accessKey: "AKIDEXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
            region: "us-east-1", service: "service")
        #expect(signature.authorization(for: request, at: moment) == (try text("authz")))
    }

    /// "Authenticating Requests: Using the Authorization Header" and "… Using Query Parameters" of the S3 manual.
    private static let manual = AWSSignature(
        credentials: S3Credentials(
            accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        region: "us-east-1")
    private static let host = (name: "host", value: "examplebucket.s3.amazonaws.com")

    private func moment() throws -> Date { try Date("2013-05-24T00:00:00Z", strategy: .iso8601) }

    @Test("of a part of an object is that of the manual")
    func header() throws {
        let request = CanonicalRequest(
            method: "GET", path: "/test.txt", query: [],
            headers: [
                Self.host, ("Range", "bytes=0-9"), ("x-amz-content-sha256", CanonicalRequest.emptyPayloadHash),
                ("x-amz-date", "20130524T000000Z"),
            ], payloadHash: CanonicalRequest.emptyPayloadHash)
        #expect(
            Self.manual.authorization(for: request, at: try moment())
                == "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
                + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, "
                + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
    }

    @Test("in an address is that of the manual")
    func presigned() throws {
        let request = CanonicalRequest(
            method: "GET", path: "/test.txt", query: [], headers: [Self.host],
            payloadHash: CanonicalRequest.unsignedPayload)
        let query = Self.manual.presignedQuery(for: request, at: try moment(), seconds: 86_400)
        #expect(
            query.hasSuffix(
                "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"))
        #expect(query.hasPrefix("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524"))
    }

    @Test(
        "has times in UTC, without parts of a second",
        arguments: [(0, "19700101T000000Z"), (951_825_599.9, "20000229T115959Z")])
    func times(seconds: Double, text: String) {
        #expect(AWSSignature.time(Date(timeIntervalSince1970: seconds)) == text)
    }
}

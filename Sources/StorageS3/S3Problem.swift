import AsyncHTTPClient
import Domain
import Foundation
import Glibc
import NIOCore
import NIOHTTP1

/// What the store has answered instead of doing what it was asked, or why there was no answer. For logs and for the
/// operator: clients only learn that the storage does not work.
package struct S3Problem: Error, Sendable, CustomStringConvertible {
    /// Zero when there was no answer.
    let status: Int
    /// S3's word for it, such as `NoSuchBucket`.
    let code: String
    /// One sentence that says what is wrong and what to do.
    package let description: String

    init(status: Int, code: String, description: String) {
        self.status = status
        self.code = code
        self.description = description
    }

    static let largestAnswer = 64 << 10

    /// Reads the answer's XML. HEAD has none; MinIO says in a header what it would have been.
    init(_ response: HTTPClientResponse, bucket: S3Bucket, at moment: Date) async {
        let body: ByteBuffer
        do {
            body = try await response.body.collect(upTo: Self.largestAnswer)
        } catch {
            self.init(unreachable: error, bucket: bucket)
            return
        }
        let status = Int(response.status.code)
        let error = XMLReader.read(String(buffer: body))
        let said = error?.text("Code") ?? response.headers.first(name: "x-minio-error-code")
        // What stands before the store, or something else altogether, cannot say that a picture is not there.
        let isForeign = body.readableBytes > 0 && status < 500
        self.init(
            status: status, code: said ?? (isForeign ? Self.foreign : ""), error: error, headers: response.headers,
            bucket: bucket, at: moment)
    }

    /// - Parameter error: a refusal that came within another document, or with status 200.
    init(status: Int, error: XMLElement, headers: HTTPHeaders, bucket: S3Bucket, at moment: Date) {
        self.init(
            status: status, code: error.text("Code") ?? "", error: error, headers: headers, bucket: bucket, at: moment)
    }

    private init(
        status: Int, code: String, error: XMLElement?, headers: HTTPHeaders, bucket: S3Bucket, at moment: Date
    ) {
        let region = error?.text("Region") ?? headers.first(name: "x-amz-bucket-region")
        self.status = status
        self.code = code
        description =
            Self.sentence(code, bucket, region: region)
            ?? Self.clock(code, headers, at: moment)
            ?? "The storage at \(bucket.origin) answers \(status) \(code) \(error?.text("Message") ?? "")"
    }

    /// The storage could not be reached, or has gone away in between.
    init(unreachable error: any Error, bucket: S3Bucket) {
        self.init(
            status: 0, code: "",
            description: "The storage at \(bucket.origin) does not answer or breaks off: \(Self.reason(error))")
    }

    /// It has sent fewer bytes than it announced.
    static let truncated = S3Problem(
        status: 0, code: "", description: "The storage breaks off in the middle of an object.")
    /// It says that it holds other bytes than it was sent.
    static let otherBytes = S3Problem(
        status: 0, code: "BadDigest", description: "The storage has acknowledged other bytes than it was sent.")
    /// It has answered in a form that is not S3's.
    static func strange(_ what: String) -> S3Problem {
        S3Problem(status: 0, code: "", description: "The storage's answer is not one of S3's: \(what).")
    }

    /// Whether the same request may well succeed in a moment.
    var isPassing: Bool {
        if status == 0 { return true }
        if Self.passing.contains(code) { return true }
        return [408, 429, 500, 502, 503, 504].contains(status) && !isFull
    }

    /// Whether it stays as long as the settings are what they are.
    package var isOfSettings: Bool { Self.ofSettings.contains(code) || (status == 403 && !isPassing) }

    var isMissing: Bool { code == "NoSuchKey" || (status == 404 && code.isEmpty) }

    private var isFull: Bool { status == 507 || Self.full.contains(code) }

    /// The code of an answer that is not in S3's form.
    private static let foreign = "(not S3)"

    /// As others see it.
    var failure: Failure {
        if isMissing { return Failure(.notFound, "The stored file is not there.", underlying: self) }
        if isFull { return Failure(.noSpace, "The server's storage is full.", underlying: self) }
        return Failure(.unavailable, "The server's storage cannot be used for the moment.", underlying: self)
    }

    private static let passing: Set<String> = [
        "SlowDown", "InternalError", "ServiceUnavailable", "RequestTimeout", "OperationAborted", "BadDigest",
        "IncompleteBody", "XAmzContentSHA256Mismatch", "SlowDownRead", "SlowDownWrite", "ServerBusy",
        "ClientDisconnected", "XMinioBackendDown",
    ]
    private static let full: Set<String> = ["XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "QuotaExceeded"]
    private static let ofSettings: Set<String> = [
        "InvalidAccessKeyId", "SignatureDoesNotMatch", "AccessDenied", "NoSuchBucket", "AuthorizationHeaderMalformed",
        "RequestTimeTooSkewed", "PermanentRedirect", "InvalidRegion", "AllAccessDisabled", "AccountProblem",
    ]

    private static func sentence(_ code: String, _ bucket: S3Bucket, region: String?) -> String? {
        switch code {
        case "InvalidAccessKeyId":
            "The storage at \(bucket.origin) does not know the access key; look at s3-access-key."
        case "SignatureDoesNotMatch":
            "The secret key does not belong to the access key; look at s3-secret-key."
        case "AccessDenied":
            "The access key may not do this in the bucket “\(bucket.name)”; it has to read, write, list and delete."
        case "NoSuchBucket":
            "There is no bucket “\(bucket.name)” at \(bucket.origin); make it, private and without versions."
        case "AuthorizationHeaderMalformed", "PermanentRedirect", "InvalidRegion":
            "The bucket “\(bucket.name)” is not in the region \(bucket.region)\(region.map { " but in \($0)" } ?? ""); "
                + "look at s3-region."
        case "XMinioStorageFull":
            "The storage at \(bucket.origin) is full; make room there, pictures wait until then."
        case "XMinioAdminBucketQuotaExceeded", "QuotaExceeded":
            "The bucket “\(bucket.name)” has reached its quota; raise it, pictures wait until then."
        case "XMinioServerNotInitialized", "XMinioIAMNotInitialized", "XMinioBucketMetadataNotInitialized":
            "The storage at \(bucket.origin) is still starting."
        case "SlowDown", "SlowDownRead", "SlowDownWrite", "ServerBusy", "TooManyRequests":
            "The storage at \(bucket.origin) is overloaded, or too few of its drives are online."
        case foreign:
            "What answers at \(bucket.origin) is no S3 server, or something before it; look at s3-endpoint."
        default: nil
        }
    }

    private static func clock(_ code: String, _ headers: HTTPHeaders, at moment: Date) -> String? {
        guard code == "RequestTimeTooSkewed" else { return nil }
        let theirs = headers.first(name: "Date").flatMap(time)
        let minutes = theirs.map { Int((abs($0.timeIntervalSince(moment)) / 60).rounded()) }
        let distance = minutes.map { " by \($0) minutes" } ?? ""
        return "The clocks of this machine and of the storage differ\(distance); set the one that is wrong."
    }

    /// RFC 9110 §5.6.7.
    private static func time(_ text: String) -> Date? {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "UTC")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.date(from: text)
    }

    private static func reason(_ error: any Error) -> String {
        if let error = error as? HTTPClientError { return error.shortDescription }
        if let error = error as? IOError { return String(cString: strerror(error.errnoCode)) }
        return String(describing: error)
    }
}

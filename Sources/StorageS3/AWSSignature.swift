import Crypto
import Domain
import Foundation
import Glibc
import Storage

/// Signs requests with AWS Signature Version 4.
package struct AWSSignature: Sendable {
    let credentials: S3Credentials
    let region: String
    /// `s3`; the published examples are of another.
    let service: String

    private static let algorithm = "AWS4-HMAC-SHA256"

    package init(credentials: S3Credentials, region: String, service: String = "s3") {
        self.credentials = credentials
        self.region = region
        self.service = service
    }

    /// The value of the header `Authorization`. The request's headers must have the same time as `x-amz-date`.
    package func authorization(for request: CanonicalRequest, at moment: Date) -> String {
        let scope = scope(at: moment)
        return "\(Self.algorithm) Credential=\(credentials.accessKey)/\(scope), "
            + "SignedHeaders=\(request.signedHeaders), Signature=\(signature(of: request, at: moment))"
    }

    /// The request's query with what makes it valid by itself for so many seconds: a presigned address.
    package func presignedQuery(for request: CanonicalRequest, at moment: Date, seconds: Int) -> String {
        let signing: [(name: String, value: String)] = [
            ("X-Amz-Algorithm", Self.algorithm),
            ("X-Amz-Credential", "\(credentials.accessKey)/\(scope(at: moment))"),
            ("X-Amz-Date", Self.time(moment)), ("X-Amz-Expires", "\(seconds)"),
            ("X-Amz-SignedHeaders", request.signedHeaders),
        ]
        let whole = CanonicalRequest(
            method: request.method, path: request.path, query: request.query + signing, headers: request.headers,
            payloadHash: request.payloadHash)
        return "\(whole.queryText)&X-Amz-Signature=\(signature(of: whole, at: moment))"
    }

    /// `20130524T000000Z`.
    package static func time(_ moment: Date) -> String {
        var seconds = time_t(moment.timeIntervalSince1970.rounded(.down))
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let day = [parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday].map(twoDigits).joined()
        return "\(day)T\([parts.tm_hour, parts.tm_min, parts.tm_sec].map(twoDigits).joined())Z"
    }

    private static func twoDigits(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private func scope(at moment: Date) -> String {
        "\(Self.time(moment).prefix(8))/\(region)/\(service)/aws4_request"
    }

    private func signature(of request: CanonicalRequest, at moment: Date) -> String {
        let hash = HexadecimalText.of(SHA256.hash(data: Array(request.text.utf8)))
        let text = "\(Self.algorithm)\n\(Self.time(moment))\n\(scope(at: moment))\n\(hash)"
        return HexadecimalText.of(code(text, key: signingKey(at: moment)))
    }

    /// Good for one day, one region and one service.
    private func signingKey(at moment: Date) -> SymmetricKey {
        var key = SymmetricKey(data: Array("AWS4\(credentials.secretKey)".utf8))
        for part in [String(Self.time(moment).prefix(8)), region, service, "aws4_request"] {
            key = SymmetricKey(data: code(part, key: key))
        }
        return key
    }

    private func code(_ text: String, key: SymmetricKey) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)
    }
}

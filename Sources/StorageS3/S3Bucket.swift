import Domain
import Foundation

/// Which bucket of which server, and the keys to it.
package struct S3Bucket: Sendable {
    /// Scheme, host and port; no path.
    package let endpoint: URL
    package let name: String
    package let region: String
    let credentials: S3Credentials

    /// Throws `.unprocessable` for what no request could be made of, with what is wrong.
    package init(endpoint: String, name: String, region: String, credentials: S3Credentials) throws {
        guard let url = URL(string: endpoint), let scheme = url.scheme, ["http", "https"].contains(scheme),
            url.host()?.isEmpty == false, ["", "/"].contains(url.path()), url.query() == nil, url.fragment() == nil,
            url.user() == nil
        else {
            throw Failure(
                .unprocessable,
                "The storage's endpoint must be an address like https://storage.example.org, without bucket or keys.")
        }
        guard Self.isName(name) else {
            throw Failure(
                .unprocessable,
                "“\(name)” is no name of a bucket: 3 to 63 lower-case letters, digits, hyphens and dots.")
        }
        guard !region.isEmpty, region.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }) else {
            throw Failure(.unprocessable, "The storage's region must be a word like us-east-1.")
        }
        self.endpoint = url
        self.name = name
        self.region = region
        self.credentials = credentials
    }

    /// As `Host` is sent: with the port unless it is the scheme's usual one.
    var host: String {
        let found = endpoint.host() ?? ""
        // Foundation takes the brackets of an IPv6 address away (RFC 3986 §3.2.2).
        let name = found.contains(":") ? "[\(found)]" : found
        let usual = endpoint.scheme == "https" ? 443 : 80
        guard let port = endpoint.port, port != usual else { return name }
        return "\(name):\(port)"
    }

    /// `https://storage.example.org`, as an origin (RFC 6454) is written.
    package var origin: String { "\(endpoint.scheme ?? "")://\(host)" }

    private static func isName(_ text: String) -> Bool {
        let letters = text.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E
        }
        return letters && (3...63).contains(text.utf8.count) && !text.contains("..")
            && text.first?.isPunctuation == false && text.last?.isPunctuation == false
    }
}

/// The two halves of a key; never logged.
package struct S3Credentials: Sendable, CustomStringConvertible {
    let accessKey: String
    let secretKey: String

    package init(accessKey: String, secretKey: String) {
        self.accessKey = accessKey
        self.secretKey = secretKey
    }

    package var description: String { "S3Credentials(\(accessKey.prefix(4))…)" }
}

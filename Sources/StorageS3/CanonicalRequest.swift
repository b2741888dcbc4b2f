import Crypto
import Domain
import Storage

/// A request in the one form that both sides sign ("Create a canonical request", AWS Signature Version 4).
package struct CanonicalRequest: Sendable {
    package let method: String
    /// Percent-encoded, beginning with `/`. S3 takes it as it is: `.` and `..` are names.
    package let path: String
    /// Not encoded.
    package let query: [(name: String, value: String)]
    /// All that are signed; `host` must be among them.
    package let headers: [(name: String, value: String)]
    /// Lower-case hexadecimal SHA-256 of the body, or `UNSIGNED-PAYLOAD`.
    package let payloadHash: String

    package init(
        method: String, path: String, query: [(name: String, value: String)],
        headers: [(name: String, value: String)], payloadHash: String
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.payloadHash = payloadHash
    }

    package static let emptyPayloadHash = HexadecimalText.of(SHA256.hash(data: [UInt8]()))
    package static let unsignedPayload = "UNSIGNED-PAYLOAD"

    /// `host;x-amz-date`.
    package var signedHeaders: String { folded.map(\.name).joined(separator: ";") }

    package var text: String {
        let lines = folded.map { "\($0.name):\($0.value)\n" }.joined()
        return "\(method)\n\(path)\n\(queryText)\n\(lines)\n\(signedHeaders)\n\(payloadHash)"
    }

    /// The query as it is signed and sent: encoded, in order.
    package var queryText: String {
        query.map { (PercentEncoding.of($0.name), PercentEncoding.of($0.value)) }
            .sorted { $0.0 == $1.0 ? precedes($0.1, $1.1) : precedes($0.0, $1.0) }
            .map { "\($0.0)=\($0.1)" }.joined(separator: "&")
    }

    /// Lower-case names in order, those that occur several times joined, spaces folded.
    private var folded: [(name: String, value: String)] {
        var values: [String: [String]] = [:]
        for header in headers {
            let words = header.value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            values[header.name.lowercased(), default: []].append(words)
        }
        return values.map { (name: $0.key, value: $0.value.joined(separator: ",")) }
            .sorted { precedes($0.name, $1.name) }
    }

    /// By bytes, not by language.
    private func precedes(_ first: String, _ second: String) -> Bool {
        first.utf8.lexicographicallyPrecedes(second.utf8)
    }
}

import Domain
import Foundation
import HTTPTypes

/// What a sender says of the body's bytes in `Repr-Digest` and `Content-Digest` (RFC 9530). A body is never encoded
/// here, so that both mean the same bytes.
struct ContentDigest {
    /// Lower-case hexadecimal; nil when nothing is said.
    let sha256: String?

    /// Throws `.invalid` for a field that cannot be read, names no algorithm that is understood, or contradicts the
    /// other.
    init(_ headers: HTTPFields) throws {
        let fields: [HTTPField.Name] = [.reprDigest, .contentDigest]
        let digests = Set(try fields.compactMap { name in try headers[name].map { try Self.sha256($0, name) } })
        guard digests.count <= 1 else {
            throw Failure(.invalid, "Repr-Digest and Content-Digest contradict each other.")
        }
        sha256 = digests.first
    }

    /// A dictionary of byte sequences (RFC 8941): `sha-256=:…:, sha-512=:…:`.
    private static func sha256(_ text: String, _ name: HTTPField.Name) throws -> String {
        for member in text.split(separator: ",") {
            let parts = member.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
            guard parts.count == 2, parts[1].count >= 2, parts[1].hasPrefix(":"), parts[1].hasSuffix(":") else {
                throw Failure(.invalid, "\(name.rawName) is written sha-256=:BASE64: (RFC 9530).")
            }
            guard parts[0] == "sha-256" else { continue }
            guard let bytes = Data(base64Encoded: String(parts[1].dropFirst().dropLast())), bytes.count == 32 else {
                throw Failure(.invalid, "The SHA-256 of \(name.rawName) is not 32 bytes in base64.")
            }
            return HexadecimalText.of(bytes)
        }
        var problem = Problem(
            Failure(
                .invalid, "\(name.rawName) names no algorithm that is understood here; use sha-256.",
                details: ["reason": "digest_algorithm"]))
        problem.headers[name == .reprDigest ? .wantReprDigest : .wantContentDigest] = "sha-256=10"
        throw problem
    }
}

extension HTTPField.Name {
    static let reprDigest = HTTPField.Name("Repr-Digest") ?? .origin
    static let contentDigest = HTTPField.Name("Content-Digest") ?? .origin
    static let wantReprDigest = HTTPField.Name("Want-Repr-Digest") ?? .origin
    static let wantContentDigest = HTTPField.Name("Want-Content-Digest") ?? .origin
}

import Crypto
import Foundation

/// A JSON Web Token taken apart, changed and put together again, as somebody would who wants to get in.
struct ForgedToken {
    var header: [String: String]
    var claims: [String: Any]
    private let signature: String

    init(_ text: String) throws {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3 else { throw Malformed() }
        header = try JSONSerialization.jsonObject(with: Self.decode(parts[0])) as? [String: String] ?? [:]
        claims = try JSONSerialization.jsonObject(with: Self.decode(parts[1])) as? [String: Any] ?? [:]
        signature = parts[2]
    }

    struct Malformed: Error {}

    /// The row that stands behind it.
    var identifier: String { claims["jti"] as? String ?? "" }

    /// With the signature it had.
    func withOldSignature() throws -> String { try "\(body()).\(signature)" }

    /// Without any (RFC 7515 §3.6, "alg": "none").
    func unsigned() throws -> String { try "\(body())." }

    /// Signed with a key.
    func signed(with key: SymmetricKey) throws -> String {
        let body = try body()
        let code = HMAC<SHA256>.authenticationCode(for: Data(body.utf8), using: key)
        return "\(body).\(Self.encode(Data(code)))"
    }

    /// The key that a server with this data folder signs API tokens with: whoever can read it is in already, and a test
    /// needs it to make a token that is wrong in one respect only.
    static func serverKey(dataFolder: String) throws -> SymmetricKey {
        let master = try Data(contentsOf: URL(fileURLWithPath: "\(dataFolder)/secrets/master.key"))
        return HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: master), info: Data("wayside api v1".utf8), outputByteCount: 32)
    }

    private func body() throws -> String {
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
        let parts = try [
            JSONSerialization.data(withJSONObject: header, options: options),
            JSONSerialization.data(withJSONObject: claims, options: options),
        ]
        return parts.map(Self.encode).joined(separator: ".")
    }

    private static func decode(_ text: String) throws -> Data {
        var base64 = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        base64 += String(repeating: "=", count: (4 - base64.count % 4) % 4)
        guard let data = Data(base64Encoded: base64) else { throw Malformed() }
        return data
    }

    private static func encode(_ data: Data) -> String {
        data.base64EncodedString().replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }
}

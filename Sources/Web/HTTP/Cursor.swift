import Crypto
import Domain
import Foundation

/// Where the next page starts, as opaque text that only this server can write.
struct Cursor: Sendable {
    private let key: SymmetricKey
    private static let tagBytes = 12

    init(keys: SecretKeys) { key = keys.key(for: .cursor) }

    /// - Parameter kind: what is paged through, so that a cursor of one list is not taken by another.
    func seal(_ text: String, kind: String) -> String {
        let data = Data(text.utf8)
        return Base64URL.encode(tag(of: data, kind: kind) + data)
    }

    /// - Throws: `.invalid` for anything that `seal` has not written.
    func open(_ text: String, kind: String) throws -> String {
        guard text.utf8.count <= 8192, let bytes = Base64URL.decode(text), bytes.count > Self.tagBytes else {
            throw Self.refused
        }
        let data = Data(bytes.dropFirst(Self.tagBytes))
        guard Data(bytes.prefix(Self.tagBytes)) == tag(of: data, kind: kind) else { throw Self.refused }
        return String(decoding: data, as: UTF8.self)
    }

    private func tag(of data: Data, kind: String) -> Data {
        let code = HMAC<SHA256>.authenticationCode(for: Data(kind.utf8) + [0] + data, using: key)
        return Data(code.prefix(Self.tagBytes))
    }

    /// What `page` of a list starts after has been deleted, or hidden from who asks: to begin anew unasked would show rows twice.
    static let outdated = Failure(.invalid, "The list has changed. Begin again at its first page.")
    private static let refused = Failure(.invalid, "'page' is not one that this server gave out.")
}

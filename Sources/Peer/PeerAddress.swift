import Domain
import Foundation

/// Another Wayside, and the token that it knows this one by.
package struct PeerAddress: Hashable, Sendable, CustomStringConvertible {
    /// `https://pictures.example.org`, without a slash at its end.
    package let origin: String
    let token: String

    /// Throws `.unprocessable` for what is no address of a server or no token.
    package init(_ text: String, token: String) throws {
        let trimmed = text.trimmingCharacters(in: CharacterSet(charactersIn: "/ \n"))
        guard let url = URL(string: trimmed), ["http", "https"].contains(url.scheme?.lowercased()), url.host() != nil,
            url.query() == nil, url.fragment() == nil, url.user() == nil, url.password() == nil
        else {
            throw Failure(.unprocessable, "The other server's address must be one like https://pictures.example.org.")
        }
        let token = token.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !token.isEmpty, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw Failure(.unprocessable, "The token of the other server is missing or holds what no token holds.")
        }
        origin = trimmed
        self.token = token
    }

    /// Whether a token and pictures can be read on their way.
    package var isInTheClear: Bool {
        guard let url = URL(string: origin), url.scheme?.lowercased() == "http" else { return false }
        return !["127.0.0.1", "::1", "localhost"].contains(url.host() ?? "")
    }

    /// Never the token.
    package var description: String { origin }
}

import Foundation

/// A server that takes files by PUT (RFC 9110 §9.3.4) below an address. Its secret is `token`.
package struct HTTPPlace: Hashable, Sendable, Codable {
    /// Without a slash at its end.
    package let url: String
    /// The field that carries the token; `Authorization: Bearer …` when it is not said.
    package let header: String?

    package init(url: String, header: String? = nil) {
        self.url = url
        self.header = header
    }

    func validate(_ secrets: [String: String]) throws {
        guard let parts = URLComponents(string: url), ["http", "https"].contains(parts.scheme),
            parts.host?.isEmpty == false,
            parts.query == nil, parts.fragment == nil, parts.user == nil, !url.hasSuffix("/")
        else {
            throw Route.refusal(
                "An address to send to begins with https:// or http:// and ends without a slash.", "destinations")
        }
        if let header {
            let isToken = header.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"()<>@,;:\\\"/[]?={}".utf8.contains($0) }
            guard !header.isEmpty, isToken else {
                throw Route.refusal("That is no name of a header field.", "destinations")
            }
        }
        guard secrets["token"]?.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) ?? true else {
            throw Route.refusal("A token has plain characters only.", "destinations")
        }
    }
}

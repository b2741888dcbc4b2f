import Foundation

/// Another Wayside, which takes what it is sent as uploads and treats it by its own rules. Its secret is `token`.
package struct WaysidePlace: Hashable, Sendable, Codable {
    /// `https://pictures.example.org`, without a slash at its end.
    package let url: String
    /// The camera label there; nil for the one that a folder in the picture's name is called like.
    package let label: String?

    package init(url: String, label: String? = nil) {
        self.url = url
        self.label = label
    }

    func validate(_ secrets: [String: String]) throws {
        guard let parts = URLComponents(string: url), ["http", "https"].contains(parts.scheme),
            parts.host?.isEmpty == false, parts.query == nil, parts.fragment == nil, parts.user == nil,
            !url.hasSuffix("/")
        else {
            throw Route.refusal(
                "An address to send to begins with https:// or http:// and ends without a slash.", "destinations")
        }
        if let label { _ = try CameraLabel.validName(label) }
        guard let token = secrets["token"], !token.isEmpty, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw Route.refusal("Another Wayside needs the token of an account there.", "destinations")
        }
    }
}

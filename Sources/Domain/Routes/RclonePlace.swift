/// Anything that the program rclone speaks: SFTP, FTP, WebDAV, SMB, Azure, Google and others. Its secrets are options of
/// rclone, too.
package struct RclonePlace: Hashable, Sendable, Codable {
    /// As rclone calls it: `sftp`, `webdav`, `azureblob` …
    package let backend: String
    /// As `rclone config` has them, by name.
    package let options: [String: String]
    /// Where in it, without a slash at its end; a leading one counts.
    package let path: String

    package init(backend: String, options: [String: String] = [:], path: String = "") {
        self.backend = backend
        self.options = options
        self.path = path
    }

    private enum CodingKeys: String, CodingKey { case backend, options, path }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        backend = try container.decode(String.self, forKey: .backend)
        options = try container.decodeIfPresent([String: String].self, forKey: .options) ?? [:]
        var text = try container.decodeIfPresent(String.self, forKey: .path) ?? ""
        while text.count > 1, text.hasSuffix("/") { text.removeLast() }
        path = text
    }

    /// Backends that lead back to this machine or to another entry of rclone's own configuration, of which there is none.
    private static let refusedBackends: Set = [
        "local", "alias", "archive", "union", "combine", "crypt", "chunker", "compress", "hasher", "cache", "memory",
    ]

    func validate(_ secrets: [String: String]) throws {
        guard !backend.isEmpty, Self.isWord(backend) else {
            throw Route.refusal("Name a backend of rclone, such as sftp.", "destinations")
        }
        guard !Self.refusedBackends.contains(backend) else {
            throw Route.refusal(
                "The backend “\(backend)” of rclone leads to no other machine; take a directory instead.",
                "destinations")
        }
        for (name, value) in options.merging(secrets, uniquingKeysWith: { first, _ in first }) {
            // An administrator of the catalogue is not one of the machine.
            guard Self.isWord(name), name != "ssh", name != "type", !name.hasSuffix("command") else {
                throw Route.refusal("The option “\(name)” of rclone cannot be set here.", "destinations")
            }
            guard value.utf8.allSatisfy({ $0 >= 0x20 }) else {
                throw Route.refusal("The option “\(name)” of rclone has to be one line.", "destinations")
            }
        }
        guard path.utf8.allSatisfy({ $0 >= 0x20 }), !path.split(separator: "/").contains("..") else {
            throw Route.refusal("A path at a destination has no “..”.", "destinations")
        }
    }

    private static func isWord(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
    }
}

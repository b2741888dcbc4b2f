/// A folder that the server can write to, such as a mounted disk or share.
package struct DirectoryPlace: Hashable, Sendable, Codable {
    /// Absolute.
    package let path: String

    package init(path: String) { self.path = path }

    func validate() throws {
        let parts = path.split(separator: "/")
        guard path.hasPrefix("/"), !parts.isEmpty, !parts.contains(".."), !parts.contains("."),
            path.utf8.allSatisfy({ $0 >= 0x20 })
        else { throw Route.refusal("A folder to send to is an absolute path.", "destinations") }
    }
}

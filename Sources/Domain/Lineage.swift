/// What was done to pictures, in words (STAC processing extension, `processing:lineage`).
package enum Lineage {
    /// What a server does to every picture.
    package static let own =
        "What the policy of the camera label asks to be hidden is hidden; smaller versions are made of the result."

    /// Of a picture here: what came before, then this server.
    package static func of(before: String?) -> String { [before, own].compactMap { $0 }.joined(separator: " ") }

    /// Of a picture here, as another server is told it.
    ///
    /// - Parameters:
    ///   - server: what this server is called.
    ///   - isOriginal: it is sent as it came.
    package static func told(by server: String, before: String?, isOriginal: Bool) -> String {
        let done = isOriginal ? "Sent on as it came." : own
        let text = [before, "By “\(server)”: \(done)"].compactMap { $0 }.joined(separator: " ")
        // A server takes no more; what is furthest back goes first.
        return text.utf8.count <= longest ? text : String(decoding: text.utf8.suffix(longest - 8), as: UTF8.self)
    }

    /// Bytes.
    package static let longest = 4096
}

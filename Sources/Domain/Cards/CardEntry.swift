/// A file on a camera card, as the browser that sends the card has found it.
package struct CardEntry: Hashable, Sendable {
    /// What it is by its name; raw values are what clients send.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case picture, video, preview, hidden, other
        /// A picture that could not be read any more.
        case unreadable
    }

    /// The path within the folder, `/`-separated.
    package let path: String
    /// Bytes.
    package let size: Int64
    package let kind: Kind
    /// Lower-case hexadecimal; nil where nobody has read the file.
    package let sha256: String?

    package init(path: String, size: Int64, kind: Kind, sha256: String? = nil) {
        self.path = path
        self.size = size
        self.kind = kind
        self.sha256 = sha256
    }
}

/// A raw file as it was received.
package struct RawFile: Hashable, Sendable {
    /// As its sender calls it.
    package let name: String
    /// Bytes.
    package let size: Int64
    /// Lower-case hexadecimal.
    package let sha256: String

    package init(name: String, size: Int64, sha256: String) {
        self.name = name
        self.size = size
        self.sha256 = sha256
    }
}

/// A file computed from a picture's original.
package struct Derivative: Hashable, Sendable, Codable {
    package enum Kind: Hashable, Sendable, Codable {
        /// Full size, redacted.
        case hd
        /// 2048 pixels wide, upright.
        case sd
        /// 500 pixels wide, upright.
        case thumb
        /// One tile of a panorama, column and row from 0.
        case tile(column: Int, row: Int)
    }

    package let kind: Kind
    /// Pixels.
    package let width: Int
    package let height: Int
    /// Bytes.
    package let size: Int64
    /// Lower-case hexadecimal; the strong ETag.
    package let sha256: String

    package init(kind: Kind, width: Int, height: Int, size: Int64, sha256: String) {
        self.kind = kind
        self.width = width
        self.height = height
        self.size = size
        self.sha256 = sha256
    }
}

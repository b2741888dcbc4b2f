/// What one kind of file takes in the store.
package struct StoredBytes: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case hd, sd, thumb, tile, original, raw

        /// Whether it is what pictures are shown by, and not what was received.
        package var isShown: Bool { self != .original && self != .raw }
    }

    package let kind: Kind
    package let files: Int
    package let bytes: Int64

    package init(kind: Kind, files: Int, bytes: Int64) {
        self.kind = kind
        self.files = files
        self.bytes = bytes
    }
}

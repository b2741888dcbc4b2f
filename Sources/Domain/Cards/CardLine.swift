/// One file of a receipt.
package struct CardLine: Hashable, Sendable {
    package let path: String
    /// Bytes.
    package let size: Int64
    /// Lower-case hexadecimal; nil where nobody has read the file.
    package let sha256: String?
    package let fate: CardFate
    /// Why it was refused.
    package let rejection: Rejection?
    /// What it is by its name, where it was not received.
    package let kind: CardEntry.Kind?

    package init(
        path: String, size: Int64, sha256: String?, fate: CardFate, rejection: Rejection? = nil,
        kind: CardEntry.Kind? = nil
    ) {
        self.path = path
        self.size = size
        self.sha256 = sha256
        self.fate = fate
        self.rejection = rejection
        self.kind = kind
    }
}

/// What became of something that somebody wanted to delete.
package struct Deletion: Hashable, Sendable {
    /// What can be taken back for a while; nil when nothing of it can be.
    package let removal: RemovalID?
    /// The receipt for what went at once; nil when nothing did.
    package let receipt: ErasureID?

    package init(removal: RemovalID?, receipt: ErasureID?) {
        self.removal = removal
        self.receipt = receipt
    }
}
